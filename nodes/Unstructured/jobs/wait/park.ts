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

/** What a waiting execution keeps about its wait, in its own data. */
export interface Parked {
	channelId: string;
	/** The workflow whose jobs the channel tells of; null for the workspace. */
	scope: string | null;
	/** What to return for each input item; a job that is still running is as last known. */
	items: IDataObject[];
	/** Position of an item -> how to return its job. Only those whose job is still running. */
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

/** n8n's URL at which this execution is resumed. It carries a token, and is the same as long as it waits. */
const resumeUrl = (ctx: IExecuteFunctions | IWebhookFunctions) =>
	String(ctx.evaluateExpression('{{ $execution.resumeUrl }}', 0));

/** Throws a NodeOperationError if Unstructured can't call this n8n. */
export const checkParkable = async (ctx: IExecuteFunctions) =>
	await checkReachable(ctx, resumeUrl(ctx), INSTEAD);

/**
 * The secret of this wait's channel: 64 ASCII characters. It is made from what n8n signs for this execution with a key
 * of its own, so it is stored nowhere and does not change with the API key.
 */
export function waitSecret(ctx: IExecuteFunctions | IWebhookFunctions): string {
	const { searchParams } = new URL(ctx.getSignedResumeUrl({ for: 'unstructured-channel' }));
	return createHash('sha256').update(searchParams.get('signature')!).digest('hex');
}

/** n8n runs no code of this node when a wait ends by its time limit or is stopped: a later wait cleans up. */
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
 * @param workflowIds the workflows of the jobs; an on-demand job's may take no channel of its own
 * @param until when the wait ends in any case
 * @returns undefined if there is no room for another channel. Those that are there belong to other waits and triggers.
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

/** Deletes the channel of a wait. A failure is logged: the jobs are not to be lost over it, and a later wait cleans up. */
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

/** Puts the execution to wait. At `until` n8n continues by itself, with what this leaves as the node's input. */
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

/** A name as a string of an expression, whatever characters it has. */
const quoted = (name: string) =>
	`"${[...name].map((one) => (/\w/.test(one) ? one : `\\u{${one.codePointAt(0)!.toString(16)}}`)).join('')}"`;

/** What `park` kept. Throws a NodeOperationError if there is nothing. */
export function parkedIn(ctx: IWebhookFunctions): Parked {
	const text = ctx.evaluateExpression(`{{ $node[${quoted(ctx.getNode().name)}].context.parked }}`);
	if (typeof text === 'string') return JSON.parse(text) as Parked;
	throw new NodeOperationError(ctx.getNode(), 'This execution does not wait for a job');
}
