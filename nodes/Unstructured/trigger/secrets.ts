import type { IWebhookFunctions } from 'n8n-workflow';
import { listChannels } from '../api/channels';
import { channelSecret, randomPartOf } from '../webhooks/channelSecret';
import { wantedScope, type TriggerContext } from './parameters';

/** The secrets of one trigger that this process knows. */
interface Known {
	/** Newest first. The previous one may still have signed a delivery that is on its way. */
	secrets: string[];
	/** The last read of the channels, and when it started, in Unix milliseconds. */
	lastRead?: { at: number; done: Promise<void> };
}

const MOST_SECRETS = 4;
/** Without a pause, each call with a wrong signature would lead to a call of the API. */
const READ_AGAIN_AFTER_MS = 5_000;

const inProcess = new Map<string, Known>();

/** Returns what is known about a trigger. n8n registers a test event separately from the published trigger. */
function knownTo(ctx: TriggerContext): Known {
	const kind = ctx.getMode?.() === 'manual' ? 'test' : 'published';
	const key = [ctx.getWorkflow().id, ctx.getNode().id, kind].join(' ');
	const known = inProcess.get(key) ?? { secrets: [] };
	inProcess.set(key, known);
	return known;
}

const remember = (known: Known, secrets: string[]) => {
	known.secrets = [...new Set([...secrets, ...known.secrets])].slice(0, MOST_SECRETS);
};

/** Returns the secrets of a trigger's channel that this process knows. */
export const knownSecrets = (ctx: TriggerContext): string[] => knownTo(ctx).secrets;

/** Remembers the secret of a registered channel. */
export const rememberSecret = (ctx: TriggerContext, secret: string) =>
	remember(knownTo(ctx), [secret]);

/** Whether the URL of a channel is the called one: its path ends with that of the request, of which a proxy may remove a prefix. */
function isCalledHere(ctx: IWebhookFunctions, url: unknown) {
	const { originalUrl, url: plainUrl } = ctx.getRequestObject();
	const [path = ''] = (originalUrl ?? plainUrl ?? '').split('?');
	const text = String(url);
	return path.length > 1 && URL.canParse(text) && new URL(text).pathname.endsWith(path);
}

async function read(ctx: IWebhookFunctions, known: Known) {
	const channels = await listChannels(ctx, wantedScope(ctx), 'webhook');
	const secrets = channels.flatMap((channel) => {
		const randomPart = randomPartOf(channel);
		if (randomPart === undefined || !isCalledHere(ctx, channel.url)) return [];
		return [channelSecret(ctx.getInstanceId(), String(channel.url), randomPart)];
	});
	remember(known, secrets);
}

/**
 * Reads the secrets from Unstructured, because another process may have registered the channel. Does so at most every 5
 * seconds. Calls in between share the result. Throws a NodeApiError.
 */
export async function readSecrets(ctx: IWebhookFunctions): Promise<string[]> {
	const known = knownTo(ctx);
	const now = Date.now();
	if (!known.lastRead || now - known.lastRead.at >= READ_AGAIN_AFTER_MS) {
		known.lastRead = { at: now, done: read(ctx, known) };
	}
	await known.lastRead.done;
	return known.secrets;
}
