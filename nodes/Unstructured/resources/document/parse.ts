import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { nodesField, readNodes } from '../../fields/definition';
import { inputFiles } from '../../fields/inputFiles';
import { ifActiveOwnFilesOption } from '../../fields/ifActive';
import { outputFormatField, readOutputFormat } from '../../fields/outputFormat';
import { parametersOf, type Parameters } from '../../fields/parameters';
import { templateId, templateLocator } from '../../fields/template';
import { workflowId, workflowLocator } from '../../fields/workflow';
import type { IfActive } from '../../jobs/start/workflowRunner';
import type { Operation } from '../operation';
import {
	documentFileFields,
	documentOptionsField,
	documentSettings,
	optionsOf,
} from './documentFields';
import { partitionNodes } from './jobNodes';
import type { DocumentItem, Processing } from './planJobs';
import { processFiles } from './processFiles';

const NO_CHUNKING = 'none';

/** The value of the documentation's own examples (docs/api-notes.md 6.5). */
const MAX_CHARACTERS = 2048;

const processingField: INodeProperties = {
	displayName: 'Processing',
	name: 'processing',
	type: 'options',
	noDataExpression: true,
	default: 'auto',
	options: [
		{
			name: 'Automatic',
			value: 'auto',
			description: 'Unstructured chooses the best way to read each page',
		},
		{
			name: 'Nodes (JSON)',
			value: 'nodes',
			description: 'Your own list of nodes',
		},
		{
			name: 'Template',
			value: 'template',
			description: 'A predefined workflow from Unstructured',
		},
		{
			name: 'Unstructured Workflow',
			value: 'workflow',
			description: 'A workflow in your Unstructured account that has no source connector',
		},
	],
	description: 'How Unstructured processes the files',
};

const jobNodesField: INodeProperties = { ...nodesField('jobNodes'), required: true };

const onlyFor = (field: INodeProperties, processing: string): INodeProperties => ({
	...field,
	displayOptions: { show: { processing: [processing] } },
});

const optionOnlyFor = (field: INodeProperties, processing: string): INodeProperties => ({
	...field,
	displayOptions: { show: { '/processing': [processing] } },
});

const chunkingOption: INodeProperties = {
	displayName: 'Chunking',
	name: 'chunking',
	type: 'options',
	default: 'chunk_by_title',
	options: [
		{
			name: 'By Character',
			value: 'chunk_by_character',
			description: 'Combine elements until a chunk is full',
		},
		{ name: 'By Page', value: 'chunk_by_page', description: 'Never combine elements of two pages' },
		{
			name: 'By Similarity',
			value: 'chunk_by_similarity',
			description: 'Combine elements about the same topic',
		},
		{
			name: 'By Title',
			value: 'chunk_by_title',
			description: 'Start a new chunk at each title',
		},
		{ name: 'None', value: NO_CHUNKING, description: 'Return the elements as they are' },
	],
	description: 'How to combine the elements of a file into chunks, e.g. for a vector store',
};

const maxCharactersOption: INodeProperties = {
	displayName: 'Max Characters',
	name: 'maxCharacters',
	type: 'number',
	displayOptions: {
		show: {
			'/processing': ['auto'],
			chunking: (chunkingOption.options as INodePropertyOptions[])
				.map(({ value }) => value)
				.filter((value) => value !== NO_CHUNKING),
		},
	},
	typeOptions: { minValue: 1 },
	default: MAX_CHARACTERS,
	description: 'The maximum number of characters in a chunk',
};

const fields: INodeProperties[] = [
	...documentFileFields,
	processingField,
	onlyFor(templateLocator, 'template'),
	onlyFor(workflowLocator, 'workflow'),
	onlyFor(jobNodesField, 'nodes'),
	outputFormatField('text'),
	documentOptionsField(
		optionOnlyFor(chunkingOption, 'auto'),
		maxCharactersOption,
		optionOnlyFor(ifActiveOwnFilesOption, 'workflow'),
	),
];

function chunking(options: Parameters) {
	const strategy = options.has(chunkingOption) ? options.choice(chunkingOption) : NO_CHUNKING;
	if (strategy === NO_CHUNKING) return undefined;
	const maxCharacters = options.has(maxCharactersOption)
		? options.number(maxCharactersOption)
		: undefined;
	return { strategy, maxCharacters };
}

/** The processing for the files of an item. Throws a NodeOperationError if something is missing. */
function readProcessing(ctx: IExecuteFunctions, itemIndex: number): Processing {
	const parameters = parametersOf(ctx, itemIndex);
	const options = optionsOf(ctx, itemIndex);
	switch (parameters.choice(processingField)) {
		case 'template':
			return { definition: { template_id: templateId(ctx, itemIndex) } };
		case 'nodes':
			return {
				definition: { job_nodes: readNodes(ctx, itemIndex, parameters.value(jobNodesField)) },
			};
		case 'workflow':
			return {
				workflowId: workflowId(ctx, itemIndex),
				ifActive: options.choice(ifActiveOwnFilesOption) as IfActive,
			};
		default:
			return { definition: { job_nodes: partitionNodes(chunking(options)) } };
	}
}

/** The request of one item. Throws before anything is sent if a choice or a file is missing. */
async function readItem(ctx: IExecuteFunctions, itemIndex: number): Promise<DocumentItem> {
	const parameter = ctx.getNodeParameter('binaryPropertyName', itemIndex, 'data') as unknown;
	return {
		processing: readProcessing(ctx, itemIndex),
		format: readOutputFormat(ctx, itemIndex),
		settings: documentSettings(ctx, itemIndex),
		files: await inputFiles(ctx, itemIndex, parameter),
	};
}

export const parse: Operation = {
	option: {
		name: 'Parse',
		value: 'parse',
		action: 'Get text of files',
		description: 'Retrieve the text, elements, pages, tables, or images of each file',
	},
	fields,
	execute: async (ctx, results) => {
		await processFiles(ctx, results, readItem);
	},
};
