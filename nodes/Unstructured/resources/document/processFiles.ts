import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { mergeJob, type Job } from '../../api/jobs';
import { jobOutcome } from '../../api/jobStatus';
import type { ItemResults } from '../../items/itemResults';
import { hintAboutEmpty } from '../../jobs/output/hintAboutEmpty';
import { hintAboutFailed } from '../../jobs/output/hintAboutFailed';
import { readFileOutput, type FileOutput, type OutputFormat } from '../../jobs/output/readOutput';
import type { StartedJob } from '../../jobs/start/startAll';
import { withFailedFiles } from '../../api/failureReasons';
import { JobHints } from '../../jobs/wait/jobHints';
import { waitForEach } from '../../jobs/wait/waitForEach';
import type { Waited } from '../../jobs/wait/waitForJobs';
import { fileOutcomes, namingJob, type FileOutcome } from './fileOutcomes';
import { planJobs, type DocumentFile, type DocumentItem, type DocumentJob } from './planJobs';
import { startJobs } from './startJobs';

/** Adds the fields of the input item if the options include them. */
function addInput(ctx: IExecuteFunctions, { item, wanted }: DocumentFile, { items }: FileOutput) {
	if (!wanted.settings.includeInputFields) return;
	for (const { json } of items) json.input = ctx.getInputData()[item]!.json;
}

/** The number of downloads in parallel, so one runs while another is parsed or stored. */
const AT_ONCE = 2;

/** Returns the outputs in order, read in parallel. */
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

/** Returns a finished job, with its failed files if it failed, and records it for the hints. */
async function noteEnd(ctx: IExecuteFunctions, hints: JobHints, started: Job, waited: Waited) {
	if (waited instanceof NodeOperationError) hints.addRunning(started.id);
	if (waited instanceof Error || jobOutcome(waited.status) === 'completed') return waited;
	const ended = mergeJob(started, waited);
	const told = jobOutcome(ended.status) === 'failed' ? await withFailedFiles(ctx, ended) : ended;
	hints.addFinished(told);
	return told;
}

/** Waits for all jobs together. Returns the outcome of each file whose job is completed; the others fail. */
async function waitForFiles(
	ctx: IExecuteFunctions,
	results: ItemResults,
	started: Array<StartedJob<DocumentJob>>,
) {
	const awaited = started.map(({ wanted, job }) => ({ job, wait: wanted.wait }));
	const waited = await waitForEach(ctx, awaited, false);
	const hints = new JobHints(ctx);
	const outcomes: FileOutcome[] = [];
	for (const { wanted, job } of started) {
		try {
			const end = await noteEnd(ctx, hints, job, waited.get(job.id)!);
			outcomes.push(...(await fileOutcomes(ctx, wanted, job, end)));
		} catch (error) {
			results.fail(wanted.items, error);
		}
	}
	await hints.show();
	return outcomes;
}

/**
 * Sends the files of all items, waits for the jobs, and adds the results of each file to its item. A file, an item, or a job
 * that fails does not affect the others.
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
	hintAboutFailed(
		ctx,
		outcomes.map(({ file, failure }) => ({ fileName: file.originalName, failure })),
	);
	for (const [format, names] of empty) hintAboutEmpty(ctx, format, names);
}
