import { defineResource } from '../../shared/operation';
import { get } from './get';
import { getMany } from './getMany';
import { run } from './run';

export const workflow = defineResource('workflow', [get, getMany, run], 'run');
