import {
	NodeApiError,
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { getJob } from '../api/jobs';
import { isFinal } from '../api/jobStatus';
import { pause } from '../transport/cancel';
import type { ApiContext } from '../transport/connection';
import { jobOfEvent, readJobEvent, type JobEvent } from '../webhooks/payload';
import { receive, RECEIVED, refuse } from '../webhooks/respond';
import { registration } from './registration';
import { once } from './startOnce';

/** Whether the event is one of those that the trigger is for; the channel may have been changed by hand. */
function isWanted(ctx: IWebhookFunctions, { event, workflowId }: JobEvent) {
	const events = ctx.getNodeParameter('events', []) as string[];
	const { scope } = registration(ctx) ?? {};
	return events.includes(event) && (!scope || workflowId === undefined || workflowId === scope);
}

/**
 * One signed event becomes one item: the job, with `event` and `webhook_id`. Every call is answered; what is not
 * signed, makes no sense or has come before starts nothing.
 */
export async function onJobEvent(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const call = receive(ctx, registration(ctx)?.secret ?? '');
	if ('refused' in call) return call.refused;
	const event = readJobEvent(call.body);
	if (!event) return refuse(ctx, 400, 'The body names no event or no job');
	if (!isWanted(ctx, event)) return { webhookResponse: RECEIVED };
	const { fetchJob = true } = ctx.getNodeParameter('options', {}) as { fetchJob?: boolean };
	return await once(ctx, call.id, async () => {
		const job = fetchJob ? await readJobOf(ctx, event) : jobOfEvent(event);
		return [{ json: { ...job, event: event.event, webhook_id: call.id } }];
	});
}

/** Tries that a read may take to show what an event has told. */
const PAUSES_MS = [500, 1_500, 3_000];
/** The answer waits for it, and the sender gives up after 15 s (docs/api-notes.md 8.5). */
const READ_MS = 8_000;

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
