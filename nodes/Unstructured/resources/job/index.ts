import { defineResource } from '../operation';
import { cancel } from './cancel';
import { create } from './create';
import { get } from './get';
import { getDetails } from './getDetails';
import { getFailedFiles } from './getFailedFiles';
import { getFileStatus } from './getFileStatus';
import { getMany } from './getMany';
import { getOutput } from './getOutput';
import { wait } from './wait';

export const job = defineResource(
	{
		name: 'Job',
		value: 'job',
		description: 'A run of a workflow or template, with its status and results',
	},
	[create, wait, getOutput, get, getMany, getFailedFiles, getFileStatus, getDetails, cancel],
	'get',
);
