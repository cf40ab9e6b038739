import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { ItemResults } from '../../items/itemResults';
import { hintAboutEmpty } from '../../jobs/output/hintAboutEmpty';
import { readFileOutput, type FileOutput, type OutputFormat } from '../../jobs/output/readOutput';
import { waitForJobs } from '../../jobs/wait/waitForJobs';
import { fileOutcomes, namingJob, type FileOutcome } from './fileOutcomes';
import { planJobs, type DocumentFile, type DocumentItem } from './planJobs';
import { startJobs, type StartedJob } from './startJobs';

/** Adds the fields of the input item where they are asked for. */
function addInput(ctx: IExecuteFunctions, { item, wanted }: DocumentFile, { items }: FileOutput) {
	if (!wanted.settings.includeInputFields) return;
	for (const { json } of items) json.input = ctx.getInputData()[item]!.json;
}

/** Downloads run while others are parsed or stored. */
const AT_ONCE = 2;

/** Returns the outputs in their order, read two at once. */
async function* readOutputs(ctx: IExecuteFunctions, outcomes: FileOutcome[]) {
	const read = async ({ file: { wanted }, found }: FileOutcome) => {
		if (found instanceof NodeOperationError) throw found;
		const options = { withJobId: true, includeText: wanted.includeText };
		return await readFileOutput(ctx, found, wanted.format, options).catch((reason: unknown) => {
			throw namingJob(reason, found) as Error;
		});
	};
	for (let at = 0; at < outcomes.length; at += AT_ONCE) {
		const some = outcomes.slice(at, at + AT_ONCE);
		const settled = await Promise.allSettled(some.map(read));
		for (const [place, outcome] of settled.entries()) yield [some[place]!.file, outcome] as const;
	}
}

/** Waits for all jobs together. What became of each file, also of those whose job failed. */
async function waitForFiles(ctx: IExecuteFunctions, results: ItemResults, started: StartedJob[]) {
	const options = new Map(started.map(({ wanted, job }) => [job.id, wanted.wait]));
	const jobs = started.map(({ job }) => job);
	const waited = await waitForJobs(ctx, jobs, (id) => options.get(id)!, false);
	const outcomes: FileOutcome[] = [];
	for (const { wanted, job } of started) {
		try {
			outcomes.push(...(await fileOutcomes(ctx, wanted, job, waited.get(job.id)!)));
		} catch (error) {
			results.fail(wanted.items, error);
		}
	}
	return outcomes;
}

/**
 * Sends the files of all items, waits for the jobs and adds the results of each file to its item. A file, an item or a job
 * that fails leaves the others alone.
 */
export async function processFiles(
	ctx: IExecuteFunctions,
	results: ItemResults,
	readItem: (ctx: IExecuteFunctions, itemIndex: number) => Promise<DocumentItem>,
): Promise<void> {
	const started = await startJobs(ctx, results, await planJobs(ctx, results, readItem));
	const outcomes = await waitForFiles(ctx, results, started);
	const empty = new Map<OutputFormat, string[]>();
	for await (const [file, outcome] of readOutputs(ctx, outcomes)) {
		if (outcome.status === 'rejected') {
			results.fail([file.item], outcome.reason);
			continue;
		}
		const output = outcome.value;
		addInput(ctx, file, output);
		results.addAll([file.item], output.items);
		const { format } = file.wanted;
		if (output.isEmpty) empty.set(format, [...(empty.get(format) ?? []), output.fileName]);
	}
	for (const [format, names] of empty) hintAboutEmpty(ctx, format, names);
}
