import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';
import { deleteChannel } from '../../api/channels';
import { isTool } from '../../items/agentAnswer';
import type { ItemResults } from '../../items/itemResults';
import { checkParkable, openChannel, park, type Parked } from './park';
import { returnJob, type WaitSettings } from './returnJob';
import { lookAtJobs, type KnownJob } from './waitForJobs';

/** An input item and the job that it waits for. */
export interface WaitingItem {
	item: number;
	job: KnownJob;
	settings: WaitSettings;
}

const LOOK_MS = 30_000;

/** n8n hands a parked execution on by the first output, whatever comes, and lets it end in no other way. */
function checkSettings(ctx: IExecuteFunctions, results: ItemResults, wanted: WaitingItem[]) {
	const refusal = (what: string, description: string) =>
		new NodeOperationError(ctx.getNode(), `${what} when 'Wait Via' is 'Webhook'`, { description });
	if (isTool(ctx)) {
		throw refusal('An agent cannot use this node', "Set 'Wait Via' in the options to 'Polling'");
	}
	if (results.splitByStatus) {
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
	checkSettings(ctx, results, wanted);
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
			else await returnJob(ctx, results, [item], ended.get(job.id)!, settings);
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
