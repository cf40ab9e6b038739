import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { failureReasons } from '../../api/failureReasons';
import { ifAvailable, readDetails, readFailedFiles, type Job } from '../../api/jobs';
import { jobOutcome } from '../../api/jobStatus';
import type { ItemResults } from '../../items/itemResults';
import type { ApiContext } from '../../transport/connection';
import { isRecord } from '../../transport/json';
import { joinSentences } from '../../transport/sentences';
import { JobHints } from './jobHints';
import type { KnownJob, Waited, WaitOptions } from './waitForJobs';

/** How a finished job is returned. */
export interface ReturnOptions {
	/** Whether FAILED or STOPPED is a failure of its items. */
	failOnJobFailure: boolean;
	/** Adds whether files failed: a job may be COMPLETED even so (docs/api-notes.md 5.4). */
	includeDetails: boolean;
}

/** Makes the error for a job that is FAILED, with its first reasons, or STOPPED. */
async function failure(ctx: ApiContext, job: Job) {
	const isStopped = jobOutcome(job.status) === 'stopped';
	const reasons = isStopped ? [] : await failureReasons(ctx, job);
	const name = typeof job.workflow_name === 'string' ? ` of '${job.workflow_name}'` : '';
	const message = `Job ${job.id}${name} finished as ${String(job.status)}`;
	const description = isStopped
		? "It was canceled before completion. If that wasn't intended, run the workflow again."
		: joinSentences(
				reasons.length > 0 && `Reasons: ${reasons.join('; ')}`,
				"To see all reasons, use 'Job: Get Failed Files' with the job ID. To branch on the status instead, turn off 'Fail on Job Failure' in the options.",
			);
	return new NodeOperationError(ctx.getNode(), message, { description });
}

/** Returns the job, with details where asked for. Throws a NodeOperationError if its final status counts as a failure. */
export async function jobToReturn(
	ctx: ApiContext,
	job: Job,
	{ failOnJobFailure, includeDetails }: ReturnOptions,
): Promise<Job> {
	const isFailure = ['failed', 'stopped'].includes(jobOutcome(job.status));
	if (failOnJobFailure && isFailure) throw await failure(ctx, job);
	if (!includeDetails) return job;
	const { processing_status: processingStatus, summary } = await ifAvailable(
		ctx,
		'details',
		async () => await readDetails(ctx, job.id),
		{},
	);
	return {
		...job,
		processing_status: typeof processingStatus === 'string' ? processingStatus : null,
		summary: isRecord(summary) ? (summary as IDataObject) : null,
		failed_files: await ifAvailable(
			ctx,
			'failed-files',
			async () => await readFailedFiles(ctx, job.id),
			[],
		),
	};
}

/** The settings of an operation that waits; a saved workflow contains only those that differ from the default. */
export interface WaitSettings extends WaitOptions, ReturnOptions {}

/** Returns jobs, or the failures of those that can't be returned, and shows hints on what became of them. */
export class JobReturner {
	private readonly hints: JobHints;

	constructor(
		private readonly ctx: IExecuteFunctions,
		private readonly results: ItemResults,
	) {
		this.hints = new JobHints(ctx, results.splitByStatus);
	}

	/** Returns a job that was not waited for. */
	notAwaited(from: number[], job: Job) {
		this.results.addJob(from, job);
		this.hints.addNotAwaited(job.id);
	}

	/** Returns a job that was still running when the time was up. */
	running(from: number[], job: KnownJob) {
		this.results.addJob(from, job);
		this.hints.addRunning(job.id);
	}

	/** Returns a job that was waited for, or its failure. Throws if the node is to fail. */
	async waited(from: number[], id: string, waited: Waited, options: ReturnOptions) {
		try {
			if (waited instanceof NodeOperationError) this.hints.addRunning(id);
			if (waited instanceof Error) throw waited;
			const job = await jobToReturn(this.ctx, waited, options);
			this.results.addJob(from, job);
			this.hints.addFinished(job);
		} catch (error) {
			this.results.fail(from, error);
		}
	}

	/** Shows the hints. To be called once, after the last job. */
	async end() {
		await this.hints.show();
	}
}
