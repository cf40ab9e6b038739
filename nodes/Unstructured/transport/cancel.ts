import { NodeOperationError, sleep } from 'n8n-workflow';
import type { ApiContext } from './connection';

/** Aborts when the execution is stopped; undefined in contexts that can't be. */
export const cancelSignal = (ctx: ApiContext) =>
	'getExecutionCancelSignal' in ctx ? ctx.getExecutionCancelSignal() : undefined;

const CANCEL_SLICE_MS = 100;

/**
 * Throws when the execution was stopped; stopping must not be taken for one item's failure. n8n tells a stop by the
 * word "canceled" in the message.
 * @param stillRunning what goes on at Unstructured all the same
 */
export function throwIfCancelled(ctx: ApiContext, stillRunning?: string) {
	if (cancelSignal(ctx)?.aborted) {
		throw new NodeOperationError(ctx.getNode(), 'The execution was canceled', {
			description: stillRunning,
		});
	}
}

/** Waits `ms` milliseconds, or throws at once when the execution is stopped. */
export async function pause(ctx: ApiContext, ms: number, stillRunning?: string) {
	const end = Date.now() + ms;
	for (let rest = ms; rest > 0; rest = end - Date.now()) {
		throwIfCancelled(ctx, stillRunning);
		await sleep(Math.min(CANCEL_SLICE_MS, rest));
	}
	throwIfCancelled(ctx, stillRunning);
}
