import { defineResource } from '../../shared/operation';
import { cancel } from './cancel';
import { get } from './get';
import { getMany } from './getMany';
import { wait } from './wait';

export const job = defineResource('job', [cancel, get, getMany, wait], 'get');
