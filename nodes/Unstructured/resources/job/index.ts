import { defineResource } from '../operation';
import { cancel } from './cancel';
import { create } from './create';
import { get } from './get';
import { getDetails } from './getDetails';
import { getFailedFiles } from './getFailedFiles';
import { getMany } from './getMany';
import { getOutput } from './getOutput';
import { wait } from './wait';

export const job = defineResource(
	'job',
	[cancel, get, getFailedFiles, getMany, getOutput, getDetails, create, wait],
	'get',
);
