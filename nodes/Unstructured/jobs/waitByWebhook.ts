import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { failureJson, type ItemResults } from '../shared/itemResults';
import { addWaited, isSplit, type WaitSettings } from '../shared/jobFields';
import { isTool } from '../shared/operation';
import { pause } from '../transport/request';
import { deleteChannel } from '../webhooks/channel';
import { readJobEvent } from '../webhooks/payload';
import { RECEIVED, receive, refuse } from '../webhooks/respond';
import { finishJob } from './ending';
import { checkParkable, openChannel, park, parkedIn, waitSecret, type Parked } from './park';
import { jobOfEvent } from './reread';
import { isFinal } from './status';
import { lookAtJobs, type KnownJob } from './wait';

/** An input item and the job that it waits for. */
export interface WaitingItem {
	item: number;
	job: KnownJob;
	settings: WaitSettings;
}

const LOOK_MS = 30_000;
/** An event may be ahead of what the API shows; the sender waits 15 s for an answer (unstructured-api.md 9.5). */
const LOOK_AFTER_EVENT_MS = 3_000;
const PAUSES_MS = [0, 500, 1_500];

/** n8n hands a parked execution on by the first output, whatever comes, and lets it end in no other way. */
function checkSettings(ctx: IExecuteFunctions, wanted: WaitingItem[]) {
	const refusal = (what: string, description: string) =>
		new NodeOperationError(ctx.getNode(), `${what} when 'Wait Via' is 'Webhook'`, { description });
	if (isTool(ctx)) {
		throw refusal('An agent cannot use this node', "Set 'Wait Via' in the options to 'Polling'");
	}
	if (isSplit(ctx)) {
		throw refusal(
			"'Split by Status' cannot be used",
			"Turn it off and put a Switch node on {{ $json.status }} behind this node, or set 'Wait Via' in the options to 'Polling'",
		);
	}
	if (wanted.some(({ settings }) => settings.failOnJobFailure)) {
		throw refusal(
			"'Fail on Job Failure' cannot be used",
			"Turn it off and branch on {{ $json.status }} behind this node, or set 'Wait Via' in the options to 'Polling'",
		);
	}
}

const oncePerJob = (wanted: WaitingItem[]) => [
	...new Map(wanted.map(({ job }) => [job.id, job])).values(),
];

/**
 * Waits for jobs without holding a worker: n8n parks the execution until the last of them has ended, or the time limit
 * of the first item. Jobs that have ended already come out at once.
 */
export async function waitByWebhook(
	ctx: IExecuteFunctions,
	results: ItemResults,
	wanted: WaitingItem[],
): Promise<void> {
	checkSettings(ctx, wanted);
	await checkParkable(ctx);
	let { ended, pending } = await lookAtJobs(ctx, oncePerJob(wanted), LOOK_MS);
	const until = new Date(Date.now() + wanted[0]!.settings.timeout * 1000);
	const channel =
		pending.size > 0 &&
		(await openChannel(ctx, new Set([...pending.values()].map((job) => job.workflow_id)), until));
	if (channel) {
		// A job may have ended before the channel was there.
		const again = await lookAtJobs(ctx, [...pending.values()], LOOK_MS);
		ended = new Map([...ended, ...again.ended]);
		pending = again.pending;
	}
	const close = async () => channel && (await deleteChannel(ctx, channel.scope, channel.channelId));
	try {
		for (const { item, job, settings } of wanted) {
			const known = pending.get(job.id);
			if (known) results.addJob([item], known as IDataObject);
			else await addWaited(ctx, results, [item], ended.get(job.id)!, settings);
		}
	} catch (error) {
		await close();
		throw error as NodeApiError;
	}
	if (!channel || pending.size === 0) return void (await close());
	const waiting = wanted.filter(({ job }) => pending.has(job.id));
	const [items = []] = results.toOutputs();
	const parked: Parked = {
		channelId: channel.channelId,
		scope: channel.scope ?? null,
		items: items.map(({ json }) => json),
		pending: Object.fromEntries(
			waiting.map(({ item, job, settings: { includeDetails } }) => [
				item,
				{ jobId: job.id, includeDetails },
			]),
		),
	};
	await park(ctx, parked, until);
}

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
async function ending(ctx: IWebhookFunctions, parked: Parked, toldId: string) {
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
				: await finishJob(ctx, job, { failOnJobFailure: false, includeDetails });
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
		items = await ending(ctx, parked, event.jobId);
	} catch (error) {
		ctx.logger.warn(`A job that has ended could not be read: ${(error as Error).message}`);
		return refuse(ctx, 503, 'The job cannot be read now');
	}
	if (!items) return { webhookResponse: RECEIVED };
	await clearUp(ctx, parked);
	const workflowData = [items.map((json, item) => ({ json, pairedItem: { item } }))];
	return { workflowData, webhookResponse: RECEIVED };
}
