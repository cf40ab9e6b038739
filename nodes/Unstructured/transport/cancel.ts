import { NodeOperationError, sleep } from 'n8n-workflow';
import type { ApiContext } from './connection';

/** Returns the signal that aborts when the execution is canceled. Undefined in contexts that can't be canceled. */
export const cancelSignal = (ctx: ApiContext) =>
	'getExecutionCancelSignal' in ctx ? ctx.getExecutionCancelSignal() : undefined;

const CANCEL_SLICE_MS = 100;

/**
 * Throws if the execution was canceled, so the item does not count as failed. n8n recognizes a cancellation by the word
 * "canceled" in the message.
 * @param stillRunning what continues in Unstructured anyway, in full sentences
 */
export function throwIfCancelled(ctx: ApiContext, stillRunning?: string) {
	if (cancelSignal(ctx)?.aborted) {
		throw new NodeOperationError(ctx.getNode(), 'The execution was canceled', {
			description: stillRunning,
		});
	}
}

/** Waits `ms` milliseconds. Throws at once if the execution is canceled. */
export async function pause(ctx: ApiContext, ms: number, stillRunning?: string) {
	const end = Date.now() + ms;
	for (let rest = ms; rest > 0; rest = end - Date.now()) {
		throwIfCancelled(ctx, stillRunning);
		await sleep(Math.min(CANCEL_SLICE_MS, rest));
	}
	throwIfCancelled(ctx, stillRunning);
}
