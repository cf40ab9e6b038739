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
import { apiError } from '../transport/errors';

/** What a webhook channel is to be like. */
export interface WantedWebhook extends IDataObject {
	url: string;
	event_types: string[];
	/** 24 to 75 ASCII characters; it can't be read back. */
	secret: string;
	/** At most 255 characters. */
	description: string;
}

/** Channels per scope (docs/api-notes.md 10.1). */
const MOST_CHANNELS = 50;

const hostnameOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');

/**
 * Throws a NodeOperationError when Unstructured can't call this URL of n8n: it needs a public HTTPS address, or to run
 * on the same machine.
 * @param instead what to do when there is no such address
 */
export async function checkReachable(ctx: ApiContext, url: string, instead: string) {
	const isLocal = isLoopback(hostnameOf(url));
	const isPublic = url.startsWith('https://') && !isLocal;
	const { baseUrl } = await connect(ctx);
	if (isPublic || (isLocal && isLoopback(hostnameOf(baseUrl)))) return;
	throw new NodeOperationError(
		ctx.getNode(),
		`Unstructured cannot call this n8n: its address ${url.split('/').slice(0, 3).join('/')} is not public HTTPS`,
		{
			description: `Set the environment variable WEBHOOK_URL of n8n to an address that starts with https:// and can be reached from the internet, and restart n8n. ${instead}`,
		},
	);
}

function tooMany(ctx: ApiContext, scope: Scope, { httpCode }: NodeApiError) {
	const owner = scope === undefined ? 'The workspace' : `The workflow '${scope}'`;
	return apiError(ctx.getNode(), {
		message: `${owner} already has ${MOST_CHANNELS} webhook channels, which is the most there may be`,
		description:
			"Delete those that are no longer used: list them with 'Notification Channel: Get Many', then use 'Notification Channel: Delete'",
		httpCode: httpCode ?? undefined,
	});
}

/**
 * Makes sure that exactly one webhook channel with this URL exists, and is as wanted: one left by an earlier try is
 * taken over. Throws a NodeApiError that says what to do, also when there are too many channels.
 */
export async function registerWebhook(
	ctx: ApiContext,
	scope: Scope,
	wanted: WantedWebhook,
): Promise<Channel> {
	const all = await listChannels(ctx, scope, 'webhook');
	const [mine, ...copies] = all.filter(({ url }) => url === wanted.url);
	for (const { id } of copies) await deleteChannel(ctx, scope, id);
	if (mine) return await changeChannel(ctx, scope, mine.id, { ...wanted, enabled: true });
	try {
		return await createChannel(ctx, scope, { channel_type: 'webhook', enabled: true, ...wanted });
	} catch (error) {
		if (!(error instanceof NodeApiError)) throw error as Error;
		// The answer may have been lost, and not the request.
		const now = await listChannels(ctx, scope, 'webhook');
		const made = now.find(({ url }) => url === wanted.url);
		if (made) return made;
		throw now.length >= MOST_CHANNELS ? tooMany(ctx, scope, error) : error;
	}
}
