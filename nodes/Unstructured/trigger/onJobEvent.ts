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

/** Whether the event is of a job that the trigger is for; the channel may have been changed by hand. */
function isInScope(ctx: IWebhookFunctions, { workflowId }: JobEvent) {
	const scope = wantedScope(ctx);
	return scope === undefined || workflowId === undefined || workflowId === scope;
}

/** Undefined if the secrets can't be read now, so the call can be neither accepted nor rejected. */
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
 * One signed event becomes one item: the job, with `event` and `webhook_id`. Every call gets a response. What is not
 * signed, makes no sense or was received before starts nothing.
 */
export async function onJobEvent(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const call = await checkSigned(ctx);
	if (!call) return refuse(ctx, 503, 'The signature cannot be checked now');
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

/** Pauses before another read, until the job shows what an event has told. */
const PAUSES_MS = [500, 1_500, 3_000];
/** The response waits for it, and the sender gives up after 15 s (docs/api-notes.md 8.5). */
const READ_MS = 8_000;

/**
 * The job that an event is about, read from the API: events come late and out of order. If it can't be read, what the
 * event says, with the reason as `read_failure`: an event is not lost because the API is down.
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
