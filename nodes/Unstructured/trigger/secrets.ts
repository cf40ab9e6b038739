import type { IWebhookFunctions } from 'n8n-workflow';
import { listChannels } from '../api/channels';
import { channelSecret, randomPartOf } from '../webhooks/channelSecret';
import { wantedScope, type TriggerContext } from './parameters';

/** What this process knows of the secrets of one trigger. */
interface Known {
	/** Newest first. The one before may still sign a delivery that is under way. */
	secrets: string[];
	/** The latest read of the channels, and when it began: Unix milliseconds. */
	lastRead?: { at: number; done: Promise<void> };
}

const MOST_SECRETS = 4;
/** Calls with a wrong signature must not become as many calls of the API. */
const READ_AGAIN_AFTER_MS = 5_000;

const inProcess = new Map<string, Known>();

/** n8n registers a test event apart from the published trigger. */
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

/** The secrets of a trigger's channel, as far as this process knows them. */
export const knownSecrets = (ctx: TriggerContext): string[] => knownTo(ctx).secrets;

/** Keeps the secret of a channel that was registered. */
export const rememberSecret = (ctx: TriggerContext, secret: string) =>
	remember(knownTo(ctx), [secret]);

/** Whether a channel calls the URL that is called now: its path is that of the request, behind what a proxy removes. */
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
 * Reads the secrets from Unstructured: another process may have registered the channel. Does so at most every
 * 5 seconds, and calls in between share what came of it. Throws a NodeApiError.
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
