import {
	sleep,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { createHash } from 'node:crypto';
import { RECEIVED, refuse } from '../webhooks/respond';

/** Short forms of delivery IDs, and when they arrived, in Unix seconds. */
type Seen = Record<string, number>;

/** The deliveries of a trigger that this process knows. n8n reads static data again for each call. */
interface Known {
	/** The deliveries that started an execution. */
	seen: Seen;
	/** Short forms of delivery IDs, with the response to a call whose execution n8n has not stored yet. */
	underWay: Map<string, ReturnType<IWebhookFunctions['getResponseObject']>>;
}

/** The last attempt of a delivery arrives 28 hours after the first (docs/api-notes.md 8.5). */
const KEPT_SECONDS = 48 * 3600;
const MOST = 3_000;
/** How long a repeated delivery waits for the outcome of the first. The sender times out after 15 s (8.5). */
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

/** Updates the calls that are under way: the execution was stored, storing it failed, or neither yet. */
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
 * Starts one execution for a delivery, however often it arrives. A delivery counts as received when n8n has stored the
 * execution. If that fails, n8n responds with an error, and the next attempt of the sender counts as the first. The last
 * 3,000 deliveries of two days are kept in this process, and in the node's static data to survive a restart. Several n8n
 * processes that receive webhooks (queue mode) share only static data, so the same delivery at the same moment at two of them
 * would start two executions.
 * @param start creates the items of the execution
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
		if (Date.now() > until)
			return refuse(ctx, 503, 'The first call of this delivery is still being processed');
		await sleep(50);
	}
	if (Object.hasOwn(seen, id)) return { webhookResponse: RECEIVED };
	underWay.set(id, ctx.getResponseObject());
	// For n8n versions that save static data before they read the response.
	written(ctx).seen = { ...seen, [id]: now };
	try {
		const items = await start();
		return {
			workflowData: [items],
			// n8n reads the response after it has stored the execution. n8n 2 saves only what is written to static data
			// now, not what was written before. Other calls may have added to it meanwhile.
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
