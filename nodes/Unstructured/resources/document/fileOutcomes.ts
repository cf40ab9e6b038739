import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { mergeJob, type Job } from '../../api/jobs';
import { jobOutcome } from '../../api/jobStatus';
import { outputFiles, type OutputFile } from '../../jobs/output/outputFiles';
import { describeFailures } from '../../api/failureReasons';
import type { Waited } from '../../jobs/wait/waitForJobs';
import { joinSentences } from '../../transport/sentences';
import { matchFileIds } from './lineage';
import type { DocumentFile, DocumentJob } from './planJobs';

/** Explains where the results of a job are, even if this node fails. */
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

/** Adds the words to an error that does not contain all of the names. */
function naming(reason: unknown, names: string[], words: string) {
	if (!(reason instanceof NodeApiError || reason instanceof NodeOperationError)) return reason;
	const text = `${reason.message} ${reason.description ?? ''}`;
	if (names.some((name) => !text.includes(name))) {
		reason.description = `${reason.description ?? ''} ${words}`.trim();
	}
	return reason;
}

/** The error for a job that is FAILED, with its first reasons, or STOPPED. */
function jobFailure(ctx: IExecuteFunctions, job: Job) {
	const reasons = describeFailures(job);
	return operationError(
		ctx,
		`Job ${job.id} finished as ${String(job.status)}`,
		jobOutcome(job.status) === 'stopped'
			? "It was canceled before completion. If that wasn't intended, run this node again."
			: joinSentences(
					reasons.length > 0 && `Reasons: ${reasons.join('; ')}`,
					'Open the job on the Jobs page of Unstructured to see the details',
				),
	);
}

/** A file of a job with the location of its output, or the reason why it has none. */
export interface FileOutcome {
	file: DocumentFile;
	found: OutputFile | NodeOperationError;
	/** The reason if the file failed. */
	failure?: string;
}

/**
 * The outcome for each file of a job. Throws a NodeApiError or NodeOperationError if the job as a whole has none.
 * @param waited the finished job, with its failed files if it is FAILED (see `withFailedFiles`)
 */
export async function fileOutcomes(
	ctx: IExecuteFunctions,
	{ files }: DocumentJob,
	started: Job,
	waited: Waited,
): Promise<FileOutcome[]> {
	if (waited instanceof Error) throw waited;
	const job = mergeJob(started, waited);
	if (jobOutcome(job.status) !== 'completed') throw jobFailure(ctx, job);
	const outputs = await outputFiles(ctx, job.id, job, {}).catch((reason: unknown) => {
		throw naming(reason, [job.id], howToGet(job.id)) as Error;
	});
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
		const { failure } = output;
		if (failure !== undefined) {
			return { file, found: failedFile(ctx, job.id, file, failure), failure };
		}
		return { file, found: { ...output, fileName: file.originalName, isNameKnown: true } };
	});
}

/** Names the job in the error of one file's output. */
export const namingJob = (reason: unknown, { jobId, fileName }: OutputFile) =>
	naming(
		reason,
		[fileName, jobId],
		joinSentences(`The file '${fileName}' was processed by job ${jobId}`, howToGet(jobId)),
	);
