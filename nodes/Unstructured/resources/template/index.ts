import { defineResource } from '../operation';
import { get } from './get';
import { getMany } from './getMany';

export const template = defineResource(
	{
		name: 'Template',
		value: 'template',
		description: 'A predefined workflow from Unstructured',
	},
	[getMany, get],
	'getAll',
);
