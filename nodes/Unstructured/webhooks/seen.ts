import { createHash } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

/** Short forms of delivery ids -> Unix seconds at which they came. */
type Seen = Record<string, number>;

/** The last try of a delivery comes 28 hours after the first (unstructured-api.md 9.5). */
const KEPT_SECONDS = 48 * 3600;
const MOST = 3_000;

/**
 * What this process has seen, per trigger. n8n reads static data anew for each call, so that two calls at the same time
 * would not know of each other by it alone.
 */
const inProcess = new Map<string, Seen>();

const shortForm = (id: string) => createHash('sha256').update(id).digest('base64url').slice(0, 16);

function forgetOld(seen: Seen, now: number) {
	const entries = Object.entries(seen);
	if (entries.length > MOST) entries.sort(([, a], [, b]) => b - a);
	entries.forEach(([id, at], place) => {
		if (place >= MOST || now - at > KEPT_SECONDS) delete seen[id];
	});
}

/**
 * Whether a delivery has come before, and remembers it: in this process at once, and in the node's static data, so that
 * it holds across restarts. Bounded to 3,000 deliveries of two days. Several n8n processes that take webhooks
 * (queue mode) know of each other's deliveries only from static data, so that the same delivery in the same
 * instant at two of them would pass twice.
 * @param now Unix milliseconds
 */
export function isRepeated(ctx: IWebhookFunctions, deliveryId: string, now: number): boolean {
	const key = [ctx.getWorkflow().id, ctx.getNode().id, ctx.getMode()].join(' ');
	const seen = inProcess.get(key) ?? {};
	inProcess.set(key, seen);
	const staticData = ctx.getWorkflowStaticData('node') as { seen?: Seen };
	for (const [id, at] of Object.entries(staticData.seen ?? {})) seen[id] ??= at;
	const id = shortForm(deliveryId);
	if (Object.hasOwn(seen, id)) return true;
	seen[id] = Math.floor(now / 1000);
	forgetOld(seen, seen[id]);
	// The object itself: what other calls add to it until n8n writes it down is kept too.
	staticData.seen = seen;
	return false;
}
