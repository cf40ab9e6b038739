import {
	NodeOperationError,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { isOutputFormat, type OutputFormat } from '../jobs/output/readOutput';

/** The formats, the most common first. */
const FORMATS: INodePropertyOptions[] = [
	{
		name: 'Text of Each File',
		value: 'text',
		description: 'One item per file, with its text as Markdown',
	},
	{
		name: 'Elements',
		value: 'elements',
		description: 'One item per element, ready for a vector store',
	},
	{
		name: 'Elements Grouped by File',
		value: 'file',
		description: 'One item per file, with the list of its elements',
	},
	{
		name: 'JSON Files',
		value: 'binary',
		description: 'One item per file, with its elements as a JSON file',
	},
	{
		name: 'Pages',
		value: 'pages',
		description: 'One item per page, with its text as Markdown',
	},
	{
		name: 'Tables',
		value: 'tables',
		description: 'One item per table, with its rows and a CSV file',
	},
	{
		name: 'Images',
		value: 'images',
		description: 'One item per image in the output, as a file',
	},
	{
		name: 'Extracted Data',
		value: 'extractedData',
		description: 'One item per file, with the data that an extraction returned',
	},
];

/** The formats in which the output of a file can be returned. */
export const outputFormatField = (defaultFormat: OutputFormat): INodeProperties => ({
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	default: defaultFormat,
	options: FORMATS,
	description: 'What to return for each file',
});

/** Reads the chosen format. Throws a NodeOperationError if an expression returns another value. */
export function readOutputFormat(ctx: IExecuteFunctions, itemIndex: number): OutputFormat {
	const format = ctx.getNodeParameter('outputFormat', itemIndex, '') as unknown;
	if (isOutputFormat(format)) return format;
	throw new NodeOperationError(ctx.getNode(), "'Output Format' has no such value", {
		description:
			'Select a format. If an expression is used, check that it returns a value such as "text".',
	});
}
