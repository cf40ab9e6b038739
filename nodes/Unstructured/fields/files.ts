import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { sameForAll } from './sameForAll';

const binaryField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	typeOptions: { binaryDataProperty: true },
	hint: 'The name of the input field with the file, several names separated by commas, or * for every file of the item',
	description:
		"Where the files are. An expression can also return a file of another node, such as {{ $('Form').item.binary.data }}.",
};

const groupingField: INodeProperties = {
	displayName: 'Job Grouping',
	name: 'jobGrouping',
	type: 'options',
	noDataExpression: true,
	default: 'all',
	options: [
		{
			name: 'One Job for All Items',
			value: 'all',
			description: 'Send the files of all items in one request, one job per workflow',
		},
		{
			name: 'One Job per Item',
			value: 'each',
			description: 'Start a job for each item, one after the other',
		},
	],
	description:
		'How many jobs to start. A workflow runs one job at a time, so that jobs per item wait for each other.',
};

/** Which files of the input items are sent, and in how many jobs. */
export const fileFields = [binaryField, groupingField];

/** Whether each item has a job of its own. */
export const isJobPerItem = (ctx: IExecuteFunctions) =>
	sameForAll(ctx, groupingField, (parameters) => parameters.choice(groupingField)) === 'each';
