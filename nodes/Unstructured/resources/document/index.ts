import { defineResource } from '../operation';
import { extract } from './extract';
import { parse } from './parse';

export const document = defineResource(
	{
		name: 'Document',
		value: 'document',
		description: 'Turn files into text, elements, or data in one step',
	},
	[parse, extract],
	'parse',
);
