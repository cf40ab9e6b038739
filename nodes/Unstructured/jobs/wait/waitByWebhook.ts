import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { isTool } from '../../items/agentAnswer';
import { addHint } from '../../items/hints';
import type { ItemResults } from '../../items/itemResults';
import {
	checkParkable,
	closeChannel,
	openChannel,
	park,
	type Parked,
	type WaitChannel,
} from './park';
import { JobReturner, type WaitSettings } from './returnJob';
import { SeenJobs } from './seenJobs';
import { longest, waitForJobs, type KnownJob, type WaitOptions } from './waitForJobs';

/** An input item and the job that it waits for. */
export interface WaitingItem {
	item: number;
	job: KnownJob;
	settings: WaitSettings;
}

/** Throws for settings that a parked execution can't fulfill: it continues on the first output, and can't fail. */
function checkSettings(ctx: IExecuteFunctions, results: ItemResults, wanted: WaitingItem[]) {
	const refusal = (what: string, description: string) =>
		new NodeOperationError(ctx.getNode(), `${what} when 'Wait Via' is 'Webhook'`, { description });
	if (isTool(ctx)) {
		throw refusal("An agent can't use this node", "Set 'Wait Via' in the options to 'Polling'.");
	}
	if (results.splitByStatus) {
		throw refusal(
			"'Split by Status' can't be used",
			"Turn it off and add a Switch node on {{ $json.status }} after this node, or set 'Wait Via' in the options to 'Polling'.",
		);
	}
	if (wanted.some(({ settings }) => settings.failOnJobFailure)) {
		throw refusal(
			"'Fail on Job Failure' can't be used",
			"Turn it off and branch on {{ $json.status }} after this node, or set 'Wait Via' in the options to 'Polling'.",
		);
	}
}

/** Waits by polling if there is no room for a channel. A job that is still running at the end stays as last known. */
async function poll(
	ctx: IExecuteFunctions,
	seen: SeenJobs,
	options: WaitOptions,
	deadline: number,
) {
	addHint(
		ctx,
		'Unstructured allows 50 notification channels, and all are in use. This node polled instead of pausing the execution, so it occupied a worker. Nothing needs to be deleted: the channels belong to other executions and workflows.',
	);
	const jobs = [...seen.pending.values()];
	const timeout = Math.max(0, deadline - Date.now()) / 1000;
	for (const [id, waited] of await waitForJobs(ctx, jobs, { ...options, timeout }, false)) {
		if (waited instanceof NodeOperationError) continue;
		seen.end(id, waited);
	}
}

/** Opens a channel for the jobs that are still running, or polls if there is no room for one. Any other error fails the jobs. */
async function openOrPoll(
	ctx: IExecuteFunctions,
	seen: SeenJobs,
	options: WaitOptions,
	until: Date,
) {
	const workflowIds = new Set([...seen.pending.values()].map((job) => job.workflow_id));
	try {
		const channel = await openChannel(ctx, workflowIds, until);
		if (!channel) await poll(ctx, seen, options, until.getTime());
		return channel;
	} catch (error) {
		if (!(error instanceof NodeApiError || error instanceof NodeOperationError))
			throw error as Error;
		for (const id of [...seen.pending.keys()]) seen.end(id, error);
		return undefined;
	}
}

/** Returns each job, or why its status is not known. Throws if the node is to fail. */
async function returnAll(returner: JobReturner, wanted: WaitingItem[], seen: SeenJobs) {
	for (const { item, job, settings } of wanted) {
		const known = seen.pending.get(job.id);
		if (known) returner.running([item], known);
		else await returner.waited([item], job.id, seen.ended.get(job.id)!, settings);
	}
}

/** Collects what the execution needs when it is resumed. */
function parkedOf(
	results: ItemResults,
	wanted: WaitingItem[],
	{ pending }: SeenJobs,
	{ channelId, scope }: WaitChannel,
): Parked {
	const [items = []] = results.toOutputs();
	const entries = wanted
		.filter(({ job }) => pending.has(job.id))
		.map(({ item, job, settings: { includeDetails } }) => [
			item,
			{ jobId: job.id, includeDetails },
		]);
	return {
		channelId,
		scope: scope ?? null,
		items: items.map(({ json }) => json),
		pending: Object.fromEntries(entries) as Parked['pending'],
	};
}

/**
 * Waits for jobs without occupying a worker. n8n pauses the execution until the last job is finished, or the longest timeout
 * of the items is over. Jobs that are finished already are returned at once.
 */
export async function waitByWebhook(
	ctx: IExecuteFunctions,
	results: ItemResults,
	wanted: WaitingItem[],
): Promise<void> {
	const options = wanted
		.map(({ settings }) => settings)
		.reduce<WaitOptions>(longest, wanted[0]!.settings);
	const until = new Date(Date.now() + options.timeout * 1000);
	const jobs = [...new Map(wanted.map(({ job }) => [job.id, job])).values()];
	const seen = new SeenJobs(ctx, jobs, until.getTime());
	try {
		checkSettings(ctx, results, wanted);
		await checkParkable(ctx);
		await seen.check();
	} catch (error) {
		for (const { item } of wanted) results.fail([item], error);
		return;
	}
	let channel: WaitChannel | undefined;
	const returner = new JobReturner(ctx, results);
	try {
		if (seen.pending.size > 0) channel = await openOrPoll(ctx, seen, options, until);
		// A job may have finished before the channel was there.
		if (channel) await seen.checkAgain();
		await returnAll(returner, wanted, seen);
	} catch (error) {
		if (channel) await closeChannel(ctx, channel);
		throw error as Error;
	}
	if (!channel || seen.pending.size === 0) {
		if (channel) await closeChannel(ctx, channel);
		return await returner.end();
	}
	await park(ctx, parkedOf(results, wanted, seen, channel), until);
}
