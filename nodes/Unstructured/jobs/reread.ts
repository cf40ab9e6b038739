import { NodeApiError, type IDataObject } from 'n8n-workflow';
import type { ApiContext } from '../transport/exchange';
import { pause } from '../transport/request';
import type { JobEvent } from '../webhooks/payload';
import { getJob, type Job } from './job';
import { isFinal } from './status';

/** Tries that a read may take to show what an event has told. */
const PAUSES_MS = [500, 1_500, 3_000];
/** The answer waits for it, and the sender gives up after 15 s (unstructured-api.md 9.5). */
const READ_MS = 8_000;

/** What an event itself says of its job, under the names of the job. */
export const jobOfEvent = ({ event, jobId, workflowId, status }: JobEvent): Job => ({
	id: jobId,
	...(workflowId !== undefined && { workflow_id: workflowId }),
	status: status ?? event.replace(/^job\./, '').toUpperCase(),
});

/**
 * The job that an event is about, read from the API: events come late and out of order. When it can't be read, what the
 * event says, with the reason as `read_failure`: an event is not lost because the API is down.
 */
export async function readJobOf(ctx: ApiContext, event: JobEvent): Promise<IDataObject> {
	const told = jobOfEvent(event);
	try {
		const until = Date.now() + READ_MS;
		let job = await getJob(ctx, event.jobId, READ_MS);
		for (const ms of PAUSES_MS) {
			// The event may be ahead of what the API shows.
			if (isFinal(job.status) || !isFinal(told.status) || Date.now() + ms > until) break;
			await pause(ctx, ms);
			job = await getJob(ctx, event.jobId, until - Date.now());
		}
		return job;
	} catch (error) {
		if (!(error instanceof NodeApiError)) throw error as Error;
		return { ...told, read_failure: error.message };
	}
}
