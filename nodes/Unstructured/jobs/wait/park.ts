import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { deleteChannel, listChannels, type Scope } from '../../api/channels';
import type { ApiContext } from '../../transport/connection';
import { checkReachable, registerWebhook } from '../../webhooks/register';

/** What a parked execution stores about its wait, in its own data. */
export interface Parked {
	channelId: string;
	/** The workflow whose job events the channel sends; null for the workspace. */
	scope: string | null;
	/** What to return for each input item. A job that is still running is as last known. */
	items: IDataObject[];
	/** How to return the job of an item, by the item's position. Only for jobs that are still running. */
	pending: Record<string, { jobId: string; includeDetails: boolean }>;
}

/** A channel that resumes an execution. */
export interface WaitChannel {
	channelId: string;
	scope: Scope;
}

export const FINAL_EVENTS = ['job.completed', 'job.failed', 'job.stopped'];
const MARK = 'n8n execution waits until ';
const INSTEAD = "Or set 'Wait Via' in the options to 'Polling'.";

/** The URL at which n8n resumes this execution. It contains a token, and stays the same during the wait. */
const resumeUrl = (ctx: IExecuteFunctions | IWebhookFunctions) =>
	String(ctx.evaluateExpression('{{ $execution.resumeUrl }}', 0));

/** Throws a NodeOperationError if Unstructured can't call this n8n. */
export const checkParkable = async (ctx: IExecuteFunctions) =>
	await checkReachable(ctx, resumeUrl(ctx), INSTEAD);

/**
 * The secret of this wait's channel: 64 ASCII characters. It is derived from what n8n signs for this execution with its own
 * key, so it is stored nowhere and does not change with the API key.
 */
export function waitSecret(ctx: IExecuteFunctions | IWebhookFunctions): string {
	const { searchParams } = new URL(ctx.getSignedResumeUrl({ for: 'unstructured-channel' }));
	return createHash('sha256').update(searchParams.get('signature')!).digest('hex');
}

/** Deletes the channels of earlier waits. n8n runs no code of this node when a wait times out or is stopped. */
async function sweep(ctx: ApiContext, scope: Scope, url: string) {
	const base = url.slice(0, url.lastIndexOf('/') + 1);
	for (const channel of await listChannels(ctx, scope, 'webhook')) {
		const { url: itsUrl, description } = channel;
		const [, until = ''] = String(description ?? '').split(MARK);
		const isOurs = typeof itsUrl === 'string' && itsUrl.startsWith(base);
		if (isOurs && Date.parse(until) < Date.now()) await deleteChannel(ctx, scope, channel.id);
	}
}

/**
 * Registers a channel that resumes this execution when jobs are finished.
 * @param workflowIds the workflows of the jobs. The one of an on-demand job may accept no channel of its own
 * @param until when the wait ends in any case
 * @returns undefined if there is no room for another channel. The existing ones belong to other waits and triggers
 */
export async function openChannel(
	ctx: IExecuteFunctions,
	workflowIds: Set<string | undefined>,
	until: Date,
): Promise<WaitChannel | undefined> {
	const [only] = workflowIds;
	const url = resumeUrl(ctx);
	const wanted = {
		event_types: FINAL_EVENTS,
		secret: waitSecret(ctx),
		description: `${MARK}${until.toISOString()}`,
	};
	const open = async (scope: Scope) => {
		await sweep(ctx, scope, url);
		const channel = await registerWebhook(ctx, scope, url, () => wanted);
		return channel && { channelId: channel.id, scope };
	};
	if (workflowIds.size !== 1 || only === undefined) return await open(undefined);
	try {
		return await open(only);
	} catch (error) {
		if (!(error instanceof NodeApiError) || error.httpCode !== '404') throw error as Error;
		return await open(undefined);
	}
}

/** Deletes the channel of a wait. A failure is only logged: the jobs must not be lost, and a later wait cleans up. */
export async function closeChannel(
	ctx: IExecuteFunctions | IWebhookFunctions,
	{ channelId, scope }: WaitChannel,
) {
	try {
		await deleteChannel(ctx, scope, channelId);
	} catch (error) {
		ctx.logger.warn(`A notification channel could not be deleted: ${(error as Error).message}`);
	}
}

/** Pauses the execution. At `until`, n8n resumes it with what this function leaves as the node's input. */
export async function park(ctx: IExecuteFunctions, parked: Parked, until: Date) {
	ctx.getContext('node').parked = JSON.stringify(parked);
	const input = ctx.getExecuteData().data.main;
	input?.splice(
		0,
		1,
		parked.items.map((json): INodeExecutionData => ({ json })),
	);
	await ctx.putExecutionToWait(until);
}

/** Quotes a name for an expression, whatever characters it has. */
const quoted = (name: string) =>
	`"${[...name].map((one) => (/\w/.test(one) ? one : `\\u{${one.codePointAt(0)!.toString(16)}}`)).join('')}"`;

/** Returns what `park` stored. Throws a NodeOperationError if there is nothing. */
export function parkedIn(ctx: IWebhookFunctions): Parked {
	const text = ctx.evaluateExpression(`{{ $node[${quoted(ctx.getNode().name)}].context.parked }}`);
	if (typeof text === 'string') return JSON.parse(text) as Parked;
	throw new NodeOperationError(ctx.getNode(), 'This execution does not wait for a job');
}
