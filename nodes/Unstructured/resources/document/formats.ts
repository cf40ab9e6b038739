import {
	NodeOperationError,
	type IBinaryKeyData,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { readBinary, readElements, readText, type OutputFile } from '../../jobs/output/readOutput';

/** One item of the results of a file. */
export interface FileResult {
	json: IDataObject;
	binary?: IBinaryKeyData;
}

type ReadFile = (ctx: IExecuteFunctions, file: OutputFile) => Promise<FileResult[]>;

const idsOf = ({ fileId, fileName }: OutputFile) => ({ file_id: fileId, file_name: fileName });

const FORMATS: Record<string, ReadFile> = {
	text: async (ctx, file) => {
		const { text } = await readText(ctx, file);
		return [{ json: { ...idsOf(file), text } }];
	},
	elements: async (ctx, file) => {
		const { elements } = await readElements(ctx, file);
		return elements.map((element) => ({ json: { ...idsOf(file), ...element } }));
	},
	file: async (ctx, file) => {
		const { elements } = await readElements(ctx, file);
		return [{ json: { ...idsOf(file), elements } }];
	},
	binary: async (ctx, file) => [
		{ json: idsOf(file), binary: { data: await readBinary(ctx, file) } },
	],
};

export const outputFormatField = (format: string): INodeProperties => ({
	displayName: 'Output Format',
	name: 'outputFormat',
	type: 'options',
	default: format,
	options: [
		{
			name: 'Text of Each File',
			value: 'text',
			description: 'One item per file, with its text as Markdown',
		},
		{ name: 'Elements', value: 'elements', description: 'One item per element' },
		{
			name: 'Elements Grouped by File',
			value: 'file',
			description: 'One item per file, with the list of its elements',
		},
		{
			name: 'JSON Files',
			value: 'binary',
			description: 'One item per file, with the elements as a JSON file',
		},
	],
	description: 'What to return for each file',
});

/** The reader of the format that was chosen. Throws a NodeOperationError when there is no such format. */
export function readFormat(ctx: IExecuteFunctions, itemIndex: number, fallback: string): ReadFile {
	const format = ctx.getNodeParameter('outputFormat', itemIndex, fallback) as unknown;
	if (Object.hasOwn(FORMATS, String(format))) return FORMATS[String(format)]!;
	throw new NodeOperationError(ctx.getNode(), "'Output Format' is not one of the list", {
		itemIndex,
		description: 'Select one, or correct the expression.',
	});
}
