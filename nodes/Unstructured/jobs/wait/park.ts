import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import { deleteChannel, listChannels, type Scope } from '../../api/channels';
import { connect, type ApiContext } from '../../transport/connection';
import { checkReachable, registerWebhook } from '../../webhooks/register';

/** What an execution that waits keeps of its wait, in its own data. */
export interface Parked {
	channelId: string;
	/** The workflow whose jobs the channel tells of; null for the workspace. */
	scope: string | null;
	/** What comes out for each input item; a job that goes on is as last known. */
	items: IDataObject[];
	/** Position of an item -> how its job is to be given out. Only those whose job goes on. */
	pending: Record<string, { jobId: string; includeDetails: boolean }>;
}

const FINAL_EVENTS = ['job.completed', 'job.failed', 'job.stopped'];
const MARK = 'n8n execution waits until ';
const INSTEAD = "Or set 'Wait Via' in the options to 'Polling'";

/** n8n's address at which this execution is resumed. It carries a token, and is the same as long as it waits. */
const resumeUrl = (ctx: IExecuteFunctions | IWebhookFunctions) =>
	String(ctx.evaluateExpression('{{ $execution.resumeUrl }}', 0));

/** Throws a NodeOperationError when Unstructured can't call this n8n. */
export const checkParkable = async (ctx: IExecuteFunctions) =>
	await checkReachable(ctx, resumeUrl(ctx), INSTEAD);

/**
 * The secret of this wait's channel, made from the API key and the resume address, so that it need not be written down
 * with the execution. 64 ASCII characters.
 */
export async function waitSecret(ctx: IExecuteFunctions | IWebhookFunctions): Promise<string> {
	const { apiKey } = await connect(ctx);
	return createHmac('sha256', apiKey)
		.update(`resume ${resumeUrl(ctx)}`)
		.digest('hex');
}

/** n8n runs no code of this node when a wait ends by its time limit or is stopped: a later wait clears up after it. */
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
 * Registers a channel that resumes this execution when jobs end.
 * @param workflowIds the workflows of the jobs; an on-demand job's may take no channel of its own
 * @param until when the wait ends in any case
 */
export async function openChannel(
	ctx: IExecuteFunctions,
	workflowIds: Set<string | undefined>,
	until: Date,
): Promise<{ channelId: string; scope: Scope }> {
	const [only] = workflowIds;
	const url = resumeUrl(ctx);
	const secret = await waitSecret(ctx);
	const open = async (scope: Scope) => {
		await sweep(ctx, scope, url);
		const description = `${MARK}${until.toISOString()}`;
		const wanted = { url, event_types: FINAL_EVENTS, secret, description };
		return { channelId: (await registerWebhook(ctx, scope, wanted)).id, scope };
	};
	if (workflowIds.size !== 1 || only === undefined) return await open(undefined);
	try {
		return await open(only);
	} catch (error) {
		if (!(error instanceof NodeApiError) || error.httpCode !== '404') throw error as Error;
		return await open(undefined);
	}
}

/** Puts the execution to wait. At `until` n8n goes on by itself, with what this leaves as the node's input. */
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

/** A name as a string of an expression, whatever is in it. */
const quoted = (name: string) =>
	`"${[...name].map((one) => (/\w/.test(one) ? one : `\\u{${one.codePointAt(0)!.toString(16)}}`)).join('')}"`;

/** What `park` kept. Throws a NodeOperationError when there is nothing. */
export function parkedIn(ctx: IWebhookFunctions): Parked {
	const text = ctx.evaluateExpression(`{{ $node[${quoted(ctx.getNode().name)}].context.parked }}`);
	if (typeof text === 'string') return JSON.parse(text) as Parked;
	throw new NodeOperationError(ctx.getNode(), 'This execution does not wait for a job');
}
