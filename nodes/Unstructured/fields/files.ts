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
	hint: 'The name of the input field with the file, several names separated by commas, or * for every file',
	description:
		"The field that contains the file. To send another node's file, use an expression such as {{ $('Form').item.binary.data }}.",
};

export const groupingField: INodeProperties = {
	displayName: 'Job Grouping',
	name: 'jobGrouping',
	type: 'options',
	noDataExpression: true,
	default: 'all',
	options: [
		{
			name: 'One Job for All Items',
			value: 'all',
			description: 'Send the files of all items together',
		},
		{
			name: 'One Job per Item',
			value: 'each',
			description: 'Start a job for each item, one after another',
		},
	],
	description:
		'How many jobs to start. A workflow runs one job at a time, so each job waits for the one before it.',
};

/** Fields that choose the files of the input items and the number of jobs. */
export const fileFields = [binaryField, groupingField];

/** Whether each item gets its own job. */
export const isJobPerItem = (ctx: IExecuteFunctions) =>
	sameForAll(ctx, groupingField, (parameters) => parameters.choice(groupingField)) === 'each';
