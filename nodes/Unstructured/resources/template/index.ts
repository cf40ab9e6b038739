import { defineResource } from '../operation';
import { get } from './get';
import { getMany } from './getMany';

export const template = defineResource(
	{
		name: 'Template',
		value: 'template',
		description: 'A definition that Unstructured keeps ready',
	},
	[getMany, get],
	'getAll',
);
