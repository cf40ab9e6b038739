import { defineResource } from '../operation';
import { parse } from './parse';

export const document = defineResource(
	{
		name: 'Document',
		value: 'document',
		description: 'Files in, and the text or data of each file out',
	},
	[parse],
	'parse',
);
