import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';
import {
	changeChannel,
	createChannel,
	deleteChannel,
	listChannels,
	type Channel,
	type Scope,
} from '../api/channels';
import { isLoopback } from '../transport/baseUrl';
import { connect, type ApiContext } from '../transport/connection';

/** What a webhook channel is to be like, apart from its URL. */
export interface WantedWebhook extends IDataObject {
	event_types: string[];
	/** 24 to 75 ASCII characters; it can't be read back. */
	secret: string;
	/** At most 255 characters. */
	description: string;
}

/** The channels that a workspace, or a workflow, can have (docs/api-notes.md 10.1). */
export const MOST_CHANNELS = 50;

const hostnameOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');

/**
 * Throws a NodeOperationError if Unstructured can't call this URL of n8n: it needs a public HTTPS URL, or to run on the
 * same machine.
 * @param instead what to do without such a URL: a sentence
 */
export async function checkReachable(ctx: ApiContext, url: string, instead: string) {
	const isLocal = isLoopback(hostnameOf(url));
	const isPublic = url.startsWith('https://') && !isLocal;
	const { baseUrl } = await connect(ctx);
	if (isPublic || (isLocal && isLoopback(hostnameOf(baseUrl)))) return;
	throw new NodeOperationError(
		ctx.getNode(),
		`Unstructured cannot call this n8n: its URL ${url.split('/').slice(0, 3).join('/')} is not public HTTPS`,
		{
			description: `Set n8n's environment variable WEBHOOK_URL to a URL that starts with https:// and can be reached from the internet, and restart n8n. ${instead}`,
		},
	);
}

/**
 * Makes sure that exactly one webhook channel with this URL exists, and is as wanted: one that an earlier attempt has
 * left is taken over. Throws a NodeApiError.
 * @param wanted called once, with the channel that is there already
 * @returns undefined if the scope has no room for another channel
 */
export async function registerWebhook(
	ctx: ApiContext,
	scope: Scope,
	url: string,
	wanted: (existing?: Channel) => WantedWebhook,
): Promise<Channel | undefined> {
	const isMine = (channel: Channel) => channel.url === url;
	const [mine, ...copies] = (await listChannels(ctx, scope, 'webhook')).filter(isMine);
	for (const { id } of copies) await deleteChannel(ctx, scope, id);
	const body = { ...wanted(mine), url, enabled: true };
	if (mine) return await changeChannel(ctx, scope, mine.id, body);
	try {
		return await createChannel(ctx, scope, { channel_type: 'webhook', ...body });
	} catch (error) {
		if (!(error instanceof NodeApiError)) throw error as Error;
		// The response may have been lost, and not the request.
		const now = await listChannels(ctx, scope, 'webhook');
		const created = now.find(isMine);
		if (created || now.length >= MOST_CHANNELS) return created;
		throw error as NodeApiError;
	}
}
