import { defineResource } from '../operation';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { run } from './run';
import { update } from './update';

export const workflow = defineResource(
	{
		name: 'Workflow',
		value: 'workflow',
		description: 'What is done with documents, from partitioning to embedding',
	},
	[run, get, getMany, create, update, del],
	'run',
);
