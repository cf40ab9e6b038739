import {
	NodeApiError,
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { isFinal } from '../../api/jobStatus';
import { failureJson } from '../../items/itemResults';
import { pause } from '../../transport/cancel';
import { jobOfEvent, readEventName, readJobEvent } from '../../webhooks/payload';
import { checkCall, RECEIVED, refuse, rejectCall, rejectUnreadable } from '../../webhooks/respond';
import { closeChannel, FINAL_EVENTS, parkedIn, waitSecret, type Parked } from './park';
import { jobToReturn } from './returnJob';
import { isPassing, type KnownJob, type Waited } from './pendingJobs';
import { checkJobs } from './waitForJobs';

/** An event may be ahead of what the API shows; the sender waits 15 s for a response (docs/api-notes.md 8.5). */
const CHECK_MS = 3_000;
const LAST_CHECK_AFTER_MS = 8_000;
const PAUSE_MS = 500;

/** Whether a failure may be gone at the next delivery. A rejected key may be about to be replaced. */
const mayPass = (error: unknown) =>
	isPassing(error) || (error instanceof NodeApiError && error.httpCode === '401');

/**
 * Checks the jobs until the one in the event is finished in the API too, and each other one was seen. A job that was not seen
 * may be finished, and no other event would come.
 * @returns undefined while another job is still running. Throws if the jobs can't be read in time.
 */
async function allEnded(ctx: IWebhookFunctions, jobs: KnownJob[], toldId: string) {
	const ended = new Map<string, Waited>();
	const isTold = ({ id }: KnownJob) => id === toldId;
	let open = [...jobs.filter(isTold), ...jobs.filter((job) => !isTold(job))];
	for (const last = Date.now() + LAST_CHECK_AFTER_MS; ; await pause(ctx, PAUSE_MS)) {
		const check = await checkJobs(ctx, open, CHECK_MS);
		for (const [id, waited] of check.ended) ended.set(id, waited);
		const rest = [...check.pending.values()];
		if (rest.length === 0) return ended;
		const isSeen = ({ id }: KnownJob) => !check.unseen.has(id);
		if (ended.has(toldId) && rest.some(isSeen)) return undefined;
		if (Date.now() > last) throw check.trouble ?? new Error('Not all jobs are finished in the API');
		open = rest;
	}
}

/** Returns the JSON for a finished job. Throws an error that may pass. Any other error becomes the item's. */
async function endedItem(ctx: IWebhookFunctions, job: Waited, includeDetails: boolean) {
	try {
		if (job instanceof Error) throw job;
		return await jobToReturn(ctx, job, { failOnJobFailure: false, includeDetails });
	} catch (error) {
		if (!(error instanceof NodeApiError) || mayPass(error)) throw error as Error;
		return failureJson(error);
	}
}

/** Returns the items when all jobs are finished. Undefined while some are still running. */
async function endedItems(ctx: IWebhookFunctions, parked: Parked, toldId: string) {
	const entries = Object.entries(parked.pending);
	const known = new Map(
		entries.map(([place, { jobId }]) => [jobId, parked.items[Number(place)] as KnownJob]),
	);
	const ended = await allEnded(ctx, [...known.values()], toldId);
	if (!ended) return undefined;
	const items = [...parked.items];
	for (const [place, { jobId, includeDetails }] of entries) {
		items[Number(place)] = await endedItem(ctx, ended.get(jobId)!, includeDetails);
	}
	return items;
}

/**
 * Continues the execution with these items. The channel is deleted after the response, which n8n sends once it has stored the
 * items. If n8n is stopped before, the event is sent again, and a later wait deletes the channel.
 */
function continueWith(
	ctx: IWebhookFunctions,
	{ channelId, scope }: Parked,
	items: IDataObject[],
): IWebhookResponseData {
	const response = ctx.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode >= 400) return;
		void closeChannel(ctx, { channelId, scope: scope ?? undefined });
	});
	const workflowData = [items.map((json, item) => ({ json, pairedItem: { item } }))];
	return { workflowData, webhookResponse: RECEIVED };
}

/**
 * Receives a delivery to the resume URL of a parked execution, which continues if the delivery is signed and the last job is
 * finished. Responds with 503 if the jobs can't be read, so the delivery is sent again.
 */
export async function resume(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const call = checkCall(ctx, [waitSecret(ctx)]);
	if (!('id' in call)) return rejectCall(ctx, call);
	const name = readEventName(call.body);
	const event = readJobEvent(call.body);
	if (!event && (name === undefined || FINAL_EVENTS.includes(name))) {
		return rejectUnreadable(ctx, call.body);
	}
	const parked = parkedIn(ctx);
	const isOurs = Object.values(parked.pending).some(({ jobId }) => jobId === event?.jobId);
	if (!event || !isOurs || !isFinal(jobOfEvent(event).status)) return { webhookResponse: RECEIVED };
	let items: IDataObject[] | undefined;
	try {
		items = await endedItems(ctx, parked, event.jobId);
	} catch (error) {
		ctx.logger.warn(`A finished job could not be read: ${(error as Error).message}`);
		return refuse(ctx, 503, 'The job cannot be read now');
	}
	return items ? continueWith(ctx, parked, items) : { webhookResponse: RECEIVED };
}
