import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { deleteChannel } from '../../api/channels';
import { isFinal } from '../../api/jobStatus';
import { failureJson } from '../../items/itemResults';
import { pause } from '../../transport/cancel';
import { jobOfEvent, readJobEvent } from '../../webhooks/payload';
import { receive, RECEIVED, refuse } from '../../webhooks/respond';
import { parkedIn, waitSecret, type Parked } from './park';
import { jobToReturn } from './returnJob';
import { lookAtJobs, type KnownJob } from './waitForJobs';

/** An event may be ahead of what the API shows; the sender waits 15 s for an answer (docs/api-notes.md 8.5). */
const LOOK_AFTER_EVENT_MS = 3_000;
const PAUSES_MS = [0, 500, 1_500];

/** Looks at the jobs until the one that an event told of shows its end too. */
async function lookAfter(ctx: IWebhookFunctions, jobs: KnownJob[], toldId: string) {
	let found = await lookAtJobs(ctx, jobs, LOOK_AFTER_EVENT_MS);
	for (const ms of PAUSES_MS) {
		if (!found.pending.has(toldId)) break;
		await pause(ctx, ms);
		found = await lookAtJobs(ctx, jobs, LOOK_AFTER_EVENT_MS);
	}
	return found;
}

async function clearUp(ctx: IWebhookFunctions, { channelId, scope }: Parked) {
	try {
		await deleteChannel(ctx, scope ?? undefined, channelId);
	} catch (error) {
		// The jobs are not to be lost over it; a later wait clears up.
		ctx.logger.warn(`A webhook channel could not be deleted: ${(error as Error).message}`);
	}
}

/** What comes out when all jobs have ended. Undefined while some go on. */
async function endedItems(ctx: IWebhookFunctions, parked: Parked, toldId: string) {
	const entries = Object.entries(parked.pending);
	const known = new Map(
		entries.map(([place, { jobId }]) => [jobId, parked.items[Number(place)] as KnownJob]),
	);
	const { ended, pending, trouble } = await lookAfter(ctx, [...known.values()], toldId);
	if (pending.has(toldId)) throw trouble ?? new Error('The job has not ended yet');
	if (pending.size > 0) return undefined;
	const items = [...parked.items];
	for (const [place, { jobId, includeDetails }] of entries) {
		const job = ended.get(jobId)!;
		items[Number(place)] =
			job instanceof Error
				? failureJson(job)
				: await jobToReturn(ctx, job, { failOnJobFailure: false, includeDetails });
	}
	return items;
}

/**
 * Takes a delivery to the resume address of a parked execution: goes on when it is signed and the last job has ended.
 * Answered with 503 when the jobs can't be read, so that it is sent again.
 */
export async function resume(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const call = receive(ctx, await waitSecret(ctx));
	if ('refused' in call) return call.refused;
	const event = readJobEvent(call.body);
	if (!event) return refuse(ctx, 400, 'The body names no event or no job');
	const parked = parkedIn(ctx);
	const isOurs = Object.values(parked.pending).some(({ jobId }) => jobId === event.jobId);
	if (!isOurs || !isFinal(jobOfEvent(event).status)) return { webhookResponse: RECEIVED };
	let items: IDataObject[] | undefined;
	try {
		items = await endedItems(ctx, parked, event.jobId);
	} catch (error) {
		ctx.logger.warn(`A job that has ended could not be read: ${(error as Error).message}`);
		return refuse(ctx, 503, 'The job cannot be read now');
	}
	if (!items) return { webhookResponse: RECEIVED };
	await clearUp(ctx, parked);
	const workflowData = [items.map((json, item) => ({ json, pairedItem: { item } }))];
	return { workflowData, webhookResponse: RECEIVED };
}
