import { defineResource } from '../operation';
import { extract } from './extract';
import { parse } from './parse';

export const document = defineResource(
	{
		name: 'Document',
		value: 'document',
		description: 'Files in, and the text or data of each file out',
	},
	[parse, extract],
	'parse',
);
