import { NodeOperationError } from 'n8n-workflow';
import { call } from '../transport/request';
import { isRecord } from '../transport/errors';
import type { ApiContext } from '../transport/exchange';
import { readFailedFiles } from './failedFiles';
import { jobPath, type Job } from './job';
import { jobOutcome } from './status';

/** How a job that has ended is given out. */
export interface Ending {
	/** FAILED or STOPPED is a failure of its items. */
	failOnJobFailure: boolean;
	/** Add whether files failed: a job may be COMPLETED all the same (unstructured-api.md 6.4). */
	includeDetails: boolean;
}

/** What was processed: `processing_status` as the API gives it, and the files that failed. */
export async function readDetails(ctx: ApiContext, id: string) {
	const { json } = await call(ctx, `${jobPath(id)}/details`, {
		subject: { noun: 'job', id },
		check: isRecord,
	});
	return json as Record<string, unknown>;
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
export async function finishJob(
	ctx: ApiContext,
	job: Job,
	{ failOnJobFailure, includeDetails }: Ending,
): Promise<Job> {
	const isFailure = ['failed', 'stopped'].includes(jobOutcome(job.status));
	if (failOnJobFailure && isFailure) throw failure(ctx, job);
	if (!includeDetails) return job;
	const { processing_status: processingStatus } = await readDetails(ctx, job.id);
	const failedFiles = await readFailedFiles(ctx, job.id);
	return {
		...job,
		processing_status: typeof processingStatus === 'string' ? processingStatus : null,
		failed_files: failedFiles,
	};
}
