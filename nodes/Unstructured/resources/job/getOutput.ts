import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { asJob, type Job } from '../../api/jobs';
import { jobId, jobIdField } from '../../fields/job';
import { optionsField } from '../../fields/list';
import { parametersOf } from '../../fields/parameters';
import { outputFormatField, readOutputFormat } from '../../fields/outputFormat';
import { pollIntervalOption, timeoutOption, waitSettings } from '../../fields/waiting';
import type { ItemResults } from '../../items/itemResults';
import { hintAboutEmpty } from '../../jobs/output/hintAboutEmpty';
import { hintAboutFailed } from '../../jobs/output/hintAboutFailed';
import { outputFiles, type OutputFile } from '../../jobs/output/outputFiles';
import { readFileOutput, type OutputFormat } from '../../jobs/output/readOutput';
import type { WaitSettings } from '../../jobs/wait/returnJob';
import { waitForEach } from '../../jobs/wait/waitForEach';
import type { Waited } from '../../jobs/wait/waitForJobs';
import type { Operation } from '../operation';

const fileIdsOption: INodeProperties = {
	displayName: 'File IDs',
	name: 'fileIds',
	type: 'string',
	default: '',
	placeholder: 'e.g. contract-d88db765.pdf',
	description:
		'The IDs of the files to return, separated by commas, from "input_file_ids" of the job. If empty, all files are returned.',
};

const ifRunningOption: INodeProperties = {
	displayName: 'If the Job Is Running',
	name: 'ifRunning',
	type: 'options',
	default: 'error',
	options: [
		{ name: 'Fail', value: 'error', description: 'Fail, because the job has no output yet' },
		{ name: 'Wait', value: 'wait', description: 'Wait for the job to finish' },
	],
	description: 'What to do if the job is not finished yet',
};

const nodeIdOption: INodeProperties = {
	displayName: 'Node ID',
	name: 'nodeId',
	type: 'string',
	default: '',
	description:
		'The "node_id" of the workflow node whose output to return, from "output_node_files" of the job. If empty, the output of the last node is returned.',
};

const fields: INodeProperties[] = [
	jobIdField,
	outputFormatField('elements'),
	optionsField(
		fileIdsOption,
		ifRunningOption,
		nodeIdOption,
		{
			...pollIntervalOption,
			description:
				"How long to wait before checking the job again, if 'If the Job Is Running' is set to 'Wait'. The interval grows after each check, up to 15 seconds.",
		},
		{
			...timeoutOption,
			description:
				"How long to wait for the job to finish, if 'If the Job Is Running' is set to 'Wait'. The job itself is not canceled.",
		},
	),
];

/** The request of an item. */
interface Wanted {
	item: number;
	id: string;
	format: OutputFormat;
	/** The file IDs as entered, because an ID may contain a comma. */
	fileIds: unknown;
	nodeId?: string;
	waits: boolean;
	settings: WaitSettings;
	/** The input item's job, if it is the requested one. */
	known?: Job;
}

function readItem(ctx: IExecuteFunctions, item: number): Wanted {
	const id = jobId(ctx, item);
	const given = asJob(ctx.getInputData()[item]?.json);
	const options = parametersOf(ctx, item).in(optionsField());
	return {
		item,
		id,
		format: readOutputFormat(ctx, item),
		fileIds: options.value(fileIdsOption),
		nodeId: options.texts(nodeIdOption)[0],
		waits: options.choice(ifRunningOption) === 'wait',
		settings: waitSettings(ctx, item),
		...(given?.id === id && { known: given }),
	};
}

/** Waits for the jobs of all items with that setting together, so they share their polling. */
async function waitForRunning(ctx: IExecuteFunctions, wanted: Wanted[]) {
	const waiting = wanted.filter(({ waits }) => waits);
	if (waiting.length === 0) return new Map<string, Waited>();
	const awaited = waiting.map(({ id, known, settings }) => {
		// The status of the item's job may have changed, so only the file lists are kept.
		const { input_file_ids, output_node_files } = known ?? {};
		return { job: { id, input_file_ids, output_node_files }, wait: settings };
	});
	return await waitForEach(ctx, awaited, true);
}

/** Throws if files failed, with one message for all of them, unless failed items are returned. */
function throwFailures(ctx: IExecuteFunctions, files: OutputFile[]) {
	const failed = files.filter(({ failure }) => failure !== undefined);
	if (failed.length === 0 || ctx.continueOnFail()) return;
	const reasons = failed.slice(0, 10).map(({ fileName, failure }) => `${fileName}: ${failure}`);
	throw new NodeOperationError(
		ctx.getNode(),
		`${failed.length} of ${files.length} files of the job could not be processed`,
		{
			description: `${reasons.join('; ').slice(0, 1_000)}. To return the other files, set 'On Error' to 'Continue' in the node's settings.`,
		},
	);
}

async function returnFile(
	ctx: IExecuteFunctions,
	file: OutputFile,
	{ item, format }: Wanted,
	results: ItemResults,
): Promise<string | undefined> {
	if (file.failure !== undefined) {
		throw new NodeOperationError(
			ctx.getNode(),
			`The file '${file.fileName}' could not be processed`,
			{ description: file.failure.slice(0, 500) },
		);
	}
	const { items, isEmpty, fileName } = await readFileOutput(ctx, file, format);
	results.addAll([item], items);
	return isEmpty ? fileName : undefined;
}

/** Returns the output of one job: its files, and the names of files without output. */
async function returnOutput(
	ctx: IExecuteFunctions,
	wanted: Wanted,
	waited: Waited | undefined,
	results: ItemResults,
): Promise<{ files: OutputFile[]; empty: string[] }> {
	if (waited instanceof Error) throw waited;
	const { item, id, fileIds, nodeId } = wanted;
	const files = await outputFiles(ctx, id, waited ?? wanted.known, {
		fileIds,
		nodeId,
	});
	throwFailures(ctx, files);
	const empty: string[] = [];
	for (const file of files) {
		try {
			const name = await returnFile(ctx, file, wanted, results);
			if (name !== undefined) empty.push(name);
		} catch (error) {
			results.fail([item], error);
		}
	}
	return { files, empty };
}

async function execute(ctx: IExecuteFunctions, results: ItemResults) {
	const wanted: Wanted[] = [];
	for (let item = 0; item < ctx.getInputData().length; item++) {
		try {
			wanted.push(readItem(ctx, item));
		} catch (error) {
			results.fail([item], error);
		}
	}
	const waited = await waitForRunning(ctx, wanted);
	const all: OutputFile[] = [];
	const empty = new Map<OutputFormat, string[]>();
	for (const one of wanted) {
		try {
			const returned = await returnOutput(ctx, one, waited.get(one.id), results);
			all.push(...returned.files);
			empty.set(one.format, [...(empty.get(one.format) ?? []), ...returned.empty]);
		} catch (error) {
			results.fail([one.item], error);
		}
	}
	hintAboutFailed(ctx, all);
	for (const [format, names] of empty) hintAboutEmpty(ctx, format, names);
}

export const getOutput: Operation = {
	option: {
		name: 'Get Output',
		value: 'getOutput',
		action: 'Get text or elements of job',
		description: 'Retrieve the text, elements, or other results of a finished job',
	},
	fields,
	execute,
};
