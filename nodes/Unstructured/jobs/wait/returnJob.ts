import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { ifAvailable, readDetails, readFailedFiles, type Job } from '../../api/jobs';
import { jobOutcome } from '../../api/jobStatus';
import type { ItemResults } from '../../items/itemResults';
import type { ApiContext } from '../../transport/connection';
import { isRecord } from '../../transport/json';
import type { Waited, WaitOptions } from './waitForJobs';

/** How a job that has ended is given out. */
export interface ReturnOptions {
	/** FAILED or STOPPED is a failure of its items. */
	failOnJobFailure: boolean;
	/** Add whether files failed: a job may be COMPLETED all the same (docs/api-notes.md 5.4). */
	includeDetails: boolean;
}

function failure(ctx: ApiContext, job: Job) {
	const name = typeof job.workflow_name === 'string' ? ` of '${job.workflow_name}'` : '';
	return new NodeOperationError(
		ctx.getNode(),
		`Job ${job.id}${name} ended as ${String(job.status)}`,
		{
			description:
				jobOutcome(job.status) === 'stopped'
					? 'It was cancelled before its end. Run the workflow again if that was not intended'
					: "Open the job on the Jobs page of Unstructured to see why. To branch on the status instead, turn off 'Fail on Job Failure' in the options",
		},
	);
}

/** The job as it is to come out. Throws a NodeOperationError when its end is to count as a failure. */
export async function jobToReturn(
	ctx: ApiContext,
	job: Job,
	{ failOnJobFailure, includeDetails }: ReturnOptions,
): Promise<Job> {
	const isFailure = ['failed', 'stopped'].includes(jobOutcome(job.status));
	if (failOnJobFailure && isFailure) throw failure(ctx, job);
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

/** What the person chose for an operation that waits; saved workflows hold only what differs from the default. */
export interface WaitSettings extends WaitOptions, ReturnOptions {}

/** Gives out a job that was waited for, or its failure. */
export async function returnJob(
	ctx: IExecuteFunctions,
	results: ItemResults,
	from: number[],
	waited: Waited,
	options: ReturnOptions,
) {
	try {
		if (waited instanceof Error) throw waited;
		results.addJob(from, await jobToReturn(ctx, waited, options));
	} catch (error) {
		results.fail(from, error);
	}
}
