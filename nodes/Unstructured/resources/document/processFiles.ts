import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';
import { mergeJob, readFailedFiles, type Job } from '../../api/jobs';
import { jobOutcome } from '../../api/jobStatus';
import { filesPerJob } from '../../fields/filesPerJob';
import { waitSettings } from '../../fields/waiting';
import type { InputFile } from '../../items/filePart';
import type { ItemResults } from '../../items/itemResults';
import { isTrue } from '../../items/values';
import { outputFiles, type OutputFile } from '../../jobs/output/outputFiles';
import { OnDemandLauncher } from '../../jobs/start/onDemandLauncher';
import { WorkflowRunner } from '../../jobs/start/workflowRunner';
import { waitForJobs, type Waited } from '../../jobs/wait/waitForJobs';
import type { FileResult } from './formats';
import { matchFileIds } from './lineage';
import { planJobs, type DocumentFile, type DocumentJob, type Processing } from './planJobs';

/** Starts the jobs of documents, each in its way. */
class DocumentStarter {
	private readonly launcher: OnDemandLauncher;

	private readonly runner: WorkflowRunner;

	constructor(ctx: IExecuteFunctions) {
		this.launcher = new OnDemandLauncher(ctx);
		this.runner = new WorkflowRunner(ctx, waitSettings(ctx, 0));
	}

	/** Throws a NodeApiError or NodeOperationError that says what to do. */
	async start({ processing, files, items }: DocumentJob): Promise<Job> {
		const parts = files.map(({ part }) => part);
		if ('definition' in processing) {
			return await this.launcher.launch({ definition: processing.definition, files: parts, items });
		}
		const returnOptions = { failOnJobFailure: false, includeDetails: false };
		const group = { ...processing, withFiles: true, files: parts, items, returnOptions };
		await this.runner.check(group);
		return await this.runner.run(group);
	}
}

/** Where the results of a job are, whatever became of this node. */
const howToGet = (id: string) =>
	`The results of job ${id} can be returned with 'Job: Get Output' and this job ID.`;

const operationError = (ctx: IExecuteFunctions, message: string, description: string) =>
	new NodeOperationError(ctx.getNode(), message, { description });

const failedFile = (
	ctx: IExecuteFunctions,
	id: string,
	{ originalName }: DocumentFile,
	reason: string,
) =>
	operationError(
		ctx,
		`The file '${originalName}' could not be processed`,
		`${reason.slice(0, 500).replace(/[.\s]*$/, '.')} It was processed by job ${id}.`,
	);

const missingOutput = (ctx: IExecuteFunctions, id: string, { originalName }: DocumentFile) =>
	operationError(
		ctx,
		`Job ${id} returned no result for the file '${originalName}'`,
		`Check the job on the Jobs page of Unstructured. ${howToGet(id)}`,
	);

/** A job that did not complete: FAILED or STOPPED, with the first reasons. */
async function jobFailure(ctx: IExecuteFunctions, job: Job) {
	const failed = await readFailedFiles(ctx, job.id).catch(() => []);
	const reasons = failed.slice(0, 3).map(({ document, error }) => `${document}: ${error}`);
	return operationError(
		ctx,
		`Job ${job.id} finished as ${String(job.status)}`,
		jobOutcome(job.status) === 'stopped'
			? 'It was canceled before it was finished. Run this node again if that was not intended.'
			: `${reasons.length > 0 ? `Reasons: ${reasons.join('; ').slice(0, 1_000)}. ` : ''}Open the job on the Jobs page of Unstructured to see the details.`,
	);
}

/** A file of a job, and where its output is; or why it has none. */
interface FileOutcome {
	file: DocumentFile;
	found: OutputFile | NodeOperationError;
}

/** The outcome for each file of a job. Throws a NodeApiError or NodeOperationError when the job as a whole has none. */
async function fileOutcomes(
	ctx: IExecuteFunctions,
	{ files }: DocumentJob,
	started: Job,
	waited: Waited,
): Promise<FileOutcome[]> {
	if (waited instanceof Error) throw waited;
	const job = mergeJob(started, waited);
	if (jobOutcome(job.status) !== 'completed') throw await jobFailure(ctx, job);
	const outputs = await outputFiles(ctx, job.id, job);
	const matched = matchFileIds(
		outputs.map(({ fileId }) => fileId),
		files.map(({ part }) => part.name),
	);
	if ('unknown' in matched) {
		throw operationError(
			ctx,
			`Job ${job.id} returned the file ID '${matched.unknown}', which fits none of the files that were sent`,
			`No result was returned, because it could belong to another file. ${howToGet(job.id)}`,
		);
	}
	const byId = new Map(outputs.map((output) => [output.fileId, output]));
	return files.map((file, place) => {
		const output = byId.get(matched.ids.get(place) ?? '');
		if (!output) return { file, found: missingOutput(ctx, job.id, file) };
		if (output.failure !== undefined) {
			return { file, found: failedFile(ctx, job.id, file, output.failure) };
		}
		return { file, found: { ...output, fileName: file.originalName, isNameKnown: true } };
	});
}

/** Names the job in what went wrong with the output of one file. */
function namingJob(reason: unknown, { jobId, fileName }: OutputFile) {
	if (!(reason instanceof NodeApiError || reason instanceof NodeOperationError)) return reason;
	const text = `${reason.message} ${reason.description ?? ''}`;
	const missing = [fileName, jobId].filter((name) => !text.includes(name));
	if (missing.length > 0) {
		reason.description =
			`${reason.description ?? ''} The file '${fileName}' was processed by job ${jobId}. ${howToGet(jobId)}`.trim();
	}
	return reason;
}

/** Adds what one file gave, each result with its job and, where asked, with the fields of its input item. */
function addResults(
	ctx: IExecuteFunctions,
	results: ItemResults,
	item: number,
	jobId: string,
	found: FileResult[],
) {
	const options = ctx.getNodeParameter('options', item, {}) as IDataObject;
	const input = isTrue(options.includeInputFields) && { input: ctx.getInputData()[item]!.json };
	for (const { json, binary } of found) {
		results.add([item], { job_id: jobId, ...json, ...input }, { binary });
	}
}

interface ProcessFiles {
	/** What one item asks for. Throws when it can't be used; nothing has been sent by then. */
	readItem: (
		ctx: IExecuteFunctions,
		itemIndex: number,
	) => Promise<{ processing: Processing; files: InputFile[] }>;
	/** Reads the results of a file. */
	readResults: (itemIndex: number, file: OutputFile) => Promise<FileResult[]>;
}

/** Downloads run while others are parsed or stored. */
const AT_ONCE = 2;

/**
 * Sends the files of all items, waits for the jobs and adds the results of each file to its item. A file, an item or a job
 * that fails leaves the others alone.
 */
export async function processFiles(
	ctx: IExecuteFunctions,
	results: ItemResults,
	{ readItem, readResults }: ProcessFiles,
): Promise<void> {
	const starter = new DocumentStarter(ctx);
	const started: Array<{ wanted: DocumentJob; job: Job }> = [];
	for (const wanted of await planJobs(ctx, results, filesPerJob(ctx, 0), readItem)) {
		try {
			const job = await starter.start(wanted);
			results.noteStarted(job.id);
			started.push({ wanted, job });
		} catch (error) {
			results.fail(wanted.items, error);
		}
	}
	const jobs = started.map(({ job }) => job);
	const waited = await waitForJobs(ctx, jobs, waitSettings(ctx, 0), false);
	const found: FileOutcome[] = [];
	for (const { wanted, job } of started) {
		try {
			found.push(...(await fileOutcomes(ctx, wanted, job, waited.get(job.id)!)));
		} catch (error) {
			results.fail(wanted.items, error);
		}
	}
	for (let at = 0; at < found.length; at += AT_ONCE) {
		const some = found.slice(at, at + AT_ONCE);
		const read = await Promise.allSettled(
			some.map(async ({ file, found: output }) => {
				if (output instanceof NodeOperationError) throw output;
				return await readResults(file.item, output).catch((reason: unknown) => {
					throw namingJob(reason, output) as Error;
				});
			}),
		);
		for (const [place, outcome] of read.entries()) {
			const { file, found: output } = some[place]!;
			if (outcome.status === 'rejected') results.fail([file.item], outcome.reason);
			else addResults(ctx, results, file.item, (output as OutputFile).jobId, outcome.value);
		}
	}
}
