import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { asJob } from '../../api/jobs';
import { jobId, jobIdField } from '../../fields/job';
import { optionsField } from '../../fields/list';
import type { ItemResults } from '../../items/itemResults';
import { perItem } from '../../items/perItem';
import { splitList } from '../../items/values';
import {
	outputFiles,
	readBinary,
	readElements,
	readText,
	type OutputFile,
} from '../../jobs/output/readOutput';
import type { Operation } from '../operation';

const fields: INodeProperties[] = [
	jobIdField,
	{
		displayName: 'Output Format',
		name: 'outputFormat',
		type: 'options',
		default: 'elements',
		options: [
			{
				name: 'Binary Files',
				value: 'binary',
				description: 'One item per file, with the elements as a JSON file',
			},
			{
				name: 'Elements',
				value: 'elements',
				description: 'One item per element, ready for a vector store',
			},
			{
				name: 'Files',
				value: 'file',
				description: 'One item per file, with the list of its elements',
			},
			{
				name: 'Text',
				value: 'text',
				description: 'One item per file, with its text as Markdown',
			},
		],
		description: 'What comes out, and in how many items',
	},
	optionsField(
		{
			displayName: 'File IDs',
			name: 'fileIds',
			type: 'string',
			default: '',
			placeholder: 'e.g. contract-d88db765.pdf',
			description:
				'Only these files, separated by commas: IDs from "input_file_ids" of the job. All files when empty.',
		},
		{
			displayName: 'Node ID',
			name: 'nodeId',
			type: 'string',
			default: '',
			description:
				'The output after this node of the workflow: a "node_id" from "output_node_files" of the job. The last node when empty.',
		},
	),
];

type Give = (
	ctx: IExecuteFunctions,
	file: OutputFile,
	item: number,
	results: ItemResults,
) => Promise<void>;

const FORMATS: Record<string, Give> = {
	elements: async (ctx, file, item, results) => {
		const { fileName, elements } = await readElements(ctx, file);
		const from = { file_id: file.fileId, file_name: fileName };
		// In place: a copy of each would double what an output takes, and a spread is slow here in Node.js 20.
		for (const element of elements) Object.assign(element, from);
		results.addAll([item], elements);
	},
	file: async (ctx, file, item, results) => {
		const { fileName, elements } = await readElements(ctx, file);
		results.add([item], { file_id: file.fileId, file_name: fileName, elements });
	},
	text: async (ctx, file, item, results) => {
		const { fileName, text } = await readText(ctx, file);
		results.add([item], { file_id: file.fileId, file_name: fileName, text });
	},
	binary: async (ctx, file, item, results) => {
		const data = await readBinary(ctx, file);
		const json = { file_id: file.fileId, file_name: file.fileName };
		results.add([item], json, { binary: { data } });
	},
};

/** Without Continue on Fail nothing can come out beside a failure, so that one message names all of them. */
function throwFailures(ctx: IExecuteFunctions, files: OutputFile[]) {
	const failed = files.filter(({ failure }) => failure !== undefined);
	if (failed.length === 0 || ctx.continueOnFail()) return;
	const reasons = failed.slice(0, 10).map(({ fileName, failure }) => `${fileName}: ${failure}`);
	throw new NodeOperationError(
		ctx.getNode(),
		`${failed.length} of ${files.length} files of the job could not be processed`,
		{
			description: `${reasons.join('; ').slice(0, 1_000)}. To get the others, set 'On Error' in the node's settings to continue`,
		},
	);
}

export const getOutput: Operation = {
	option: {
		name: 'Get Output',
		value: 'getOutput',
		action: 'Get the text or elements of a job',
		description: 'Get what an ended job made of the uploaded files: elements, text or JSON files',
	},
	fields,
	execute: perItem(async (ctx, item, results) => {
		const id = jobId(ctx, item);
		const give = FORMATS[ctx.getNodeParameter('outputFormat', item, 'elements') as string];
		if (!give)
			throw new NodeOperationError(ctx.getNode(), "'Output Format' is not one of the list");
		const options = ctx.getNodeParameter('options', item, {}) as IDataObject;
		const known = asJob(ctx.getInputData()[item]?.json);
		const files = await outputFiles(ctx, id, known?.id === id ? known : undefined, {
			fileIds: splitList(options.fileIds),
			nodeId: splitList(options.nodeId)[0],
		});
		throwFailures(ctx, files);
		for (const file of files) {
			try {
				if (file.failure !== undefined) {
					throw new NodeOperationError(
						ctx.getNode(),
						`The file '${file.fileName}' could not be processed`,
						{ description: file.failure.slice(0, 500) },
					);
				}
				await give(ctx, file, item, results);
			} catch (error) {
				results.fail([item], error);
			}
		}
	}),
};
