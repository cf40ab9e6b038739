import { defineResource } from '../operation';
import { create } from './create';
import { del } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { run } from './run';
import { update } from './update';

export const workflow = defineResource(
	{
		name: 'Unstructured Workflow',
		value: 'workflow',
		description: 'A workflow in your Unstructured account that processes documents',
	},
	[run, get, getMany, create, update, del],
	'run',
);
