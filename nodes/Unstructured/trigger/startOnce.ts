import {
	sleep,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { RECEIVED, refuse } from '../webhooks/respond';

/** Short forms of delivery ids -> Unix seconds at which they came. */
type Seen = Record<string, number>;

/** What this process knows of a trigger's deliveries. n8n reads static data anew for each call. */
interface Known {
	/** Those that have started their execution. */
	seen: Seen;
	/** Short form of a delivery id -> the response to a call of which n8n has not stored the execution yet. */
	underWay: Map<string, ReturnType<IWebhookFunctions['getResponseObject']>>;
}

/** The last try of a delivery comes 28 hours after the first (docs/api-notes.md 8.5). */
const KEPT_SECONDS = 48 * 3600;
const MOST = 3_000;
/** How long a repeat waits to learn what becomes of the first; the sender gives up after 15 s (8.5). */
const HOLD_MS = 5_000;

const inProcess = new Map<string, Known>();

const shortForm = (id: string) => createHash('sha256').update(id).digest('base64url').slice(0, 16);

function forgetOld(seen: Seen, now: number) {
	const entries = Object.entries(seen);
	if (entries.length > MOST) entries.sort(([, a], [, b]) => b - a);
	entries.forEach(([id, at], place) => {
		if (place >= MOST || now - at > KEPT_SECONDS) delete seen[id];
	});
}

const written = (ctx: IWebhookFunctions) => ctx.getWorkflowStaticData('node') as { seen?: Seen };

function knownTo(ctx: IWebhookFunctions): Known {
	const key = [ctx.getWorkflow().id, ctx.getNode().id, ctx.getMode()].join(' ');
	const known: Known = inProcess.get(key) ?? { seen: {}, underWay: new Map() };
	inProcess.set(key, known);
	for (const [id, at] of Object.entries(written(ctx).seen ?? {})) known.seen[id] ??= at;
	return known;
}

/** Looks at what has become of the calls under way: stored, failed, or nothing yet. */
function settle({ seen, underWay }: Known, now: number) {
	for (const [id, response] of underWay) {
		const isStored = response.writableFinished && response.statusCode < 400;
		if (isStored) seen[id] = now;
		else if (response.statusCode >= 400) delete seen[id];
		else continue;
		underWay.delete(id);
	}
}

/**
 * Starts one execution for a delivery, however often it comes. It counts as having come when n8n has stored the
 * execution: when n8n fails at that it answers with an error, and the next try of the sender is a first one. What has
 * come is kept in this process, and in the node's static data, so that it holds across restarts; bounded to 3,000
 * deliveries of two days. Several n8n processes that take webhooks (queue mode) know of each other's deliveries only
 * from static data, so that the same delivery in the same instant at two of them would start two.
 * @param start makes the items of the execution
 */
export async function once(
	ctx: IWebhookFunctions,
	deliveryId: string,
	start: () => Promise<INodeExecutionData[]>,
): Promise<IWebhookResponseData> {
	const id = shortForm(deliveryId);
	const known = knownTo(ctx);
	const { seen, underWay } = known;
	const now = Math.floor(Date.now() / 1000);
	settle(known, now);
	for (const until = Date.now() + HOLD_MS; underWay.has(id); settle(known, now)) {
		if (Date.now() > until) return refuse(ctx, 503, 'The first call of this delivery goes on');
		await sleep(50);
	}
	if (Object.hasOwn(seen, id)) return { webhookResponse: RECEIVED };
	underWay.set(id, ctx.getResponseObject());
	// For an n8n that writes static data down before it asks for the answer.
	written(ctx).seen = { ...seen, [id]: now };
	try {
		const items = await start();
		return {
			workflowData: [items],
			// n8n asks for the answer when it has stored the execution. What was written to static data before
			// is not saved by n8n 2; what is written now is, with what other calls add until then.
			get webhookResponse() {
				seen[id] = now;
				forgetOld(seen, now);
				underWay.delete(id);
				written(ctx).seen = seen;
				return RECEIVED;
			},
		};
	} catch (error) {
		underWay.delete(id);
		throw error as Error;
	}
}
