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
import { joinSentences } from '../transport/sentences';

/** The properties of a webhook channel, except for its URL. */
export interface WantedWebhook extends IDataObject {
	event_types: string[];
	/** 24 to 75 ASCII characters. The API never returns it. */
	secret: string;
	/** At most 255 characters. */
	description: string;
}

/** The most channels of a workspace, or of a workflow (docs/api-notes.md 10.1). */
export const MOST_CHANNELS = 50;

const hostnameOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');

/**
 * Throws a NodeOperationError if Unstructured can't call this URL of n8n. It must be a public HTTPS URL, unless both run on
 * this machine.
 * @param instead what to do without such a URL, in full sentences
 */
export async function checkReachable(ctx: ApiContext, url: string, instead: string) {
	const isLocal = isLoopback(hostnameOf(url));
	const isPublic = url.startsWith('https://') && !isLocal;
	const { baseUrl } = await connect(ctx);
	if (isPublic || (isLocal && isLoopback(hostnameOf(baseUrl)))) return;
	throw new NodeOperationError(
		ctx.getNode(),
		`Unstructured can't call this n8n: its URL ${url.split('/').slice(0, 3).join('/')} is not a public HTTPS URL`,
		{
			description: joinSentences(
				'Set the environment variable N8N_WEBHOOK_URL of n8n (WEBHOOK_URL before n8n 2.23) to a URL that starts with https:// and can be reached from the internet, and restart n8n',
				instead,
			),
		},
	);
}

/**
 * Ensures that exactly one webhook channel with this URL exists, with the wanted properties. Updates one that an earlier
 * attempt created. Throws a NodeApiError.
 * @param wanted called once, with the existing channel
 * @returns the channel, or undefined if the scope already has the most channels
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
		// The response may have been lost although the channel was created.
		const now = await listChannels(ctx, scope, 'webhook');
		const created = now.find(isMine);
		if (created || now.length >= MOST_CHANNELS) return created;
		throw error as NodeApiError;
	}
}
