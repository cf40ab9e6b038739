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
import { jobOfEvent, readEventName, readJobEvent, type JobEvent } from '../webhooks/payload';
import {
	checkCall,
	RECEIVED,
	refuse,
	rejectCall,
	rejectUnreadable,
	type CheckedCall,
} from '../webhooks/respond';
import { fetchesJob, wantedEvents, wantedScope } from './parameters';
import { knownSecrets, readSecrets } from './secrets';
import { once } from './startOnce';

/** Whether the event is in the scope of the trigger. Someone may have changed the channel. */
function isInScope(ctx: IWebhookFunctions, { workflowId }: JobEvent) {
	const scope = wantedScope(ctx);
	return scope === undefined || workflowId === undefined || workflowId === scope;
}

/** Checks the signature of a call. Returns undefined if the secrets can't be read, so the call can't be accepted or rejected. */
async function checkSigned(ctx: IWebhookFunctions): Promise<CheckedCall | undefined> {
	const call = checkCall(ctx, knownSecrets(ctx));
	if ('id' in call || !call.unfit) return call;
	try {
		return checkCall(ctx, await readSecrets(ctx));
	} catch (error) {
		ctx.logger.warn(`The notification channels could not be read: ${(error as Error).message}`);
		return undefined;
	}
}

/**
 * Turns a signed event into an item: the job, with `event` and `webhook_id`. Responds to every call. A call that is unsigned,
 * unreadable, or repeated starts no execution.
 */
export async function onJobEvent(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const call = await checkSigned(ctx);
	if (!call) return refuse(ctx, 503, "The signature can't be checked now");
	if (!('id' in call)) return rejectCall(ctx, call);
	const name = readEventName(call.body);
	if (name !== undefined && !wantedEvents(ctx).includes(name)) return { webhookResponse: RECEIVED };
	const event = readJobEvent(call.body);
	if (!event) return rejectUnreadable(ctx, call.body);
	if (!isInScope(ctx, event)) return { webhookResponse: RECEIVED };
	const fetchJob = fetchesJob(ctx);
	return await once(ctx, call.id, async () => {
		const job = fetchJob ? await readJobOf(ctx, event) : jobOfEvent(event);
		return [{ json: { ...job, event: event.event, webhook_id: call.id } }];
	});
}

/** The pauses before reading the job again, until it shows what the event says. */
const PAUSES_MS = [500, 1_500, 3_000];
/** The time for reading the job. The response waits for it, and the sender times out after 15 s (docs/api-notes.md 8.5). */
const READ_MS = 8_000;

/**
 * Reads the job of an event from the API: events arrive late and out of order. If that fails, returns what the event says,
 * with the reason as `read_failure`, so an event is not lost while the API is down.
 */
async function readJobOf(ctx: ApiContext, event: JobEvent): Promise<IDataObject> {
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
