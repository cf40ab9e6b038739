import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Entries that n8n keeps for this node: two for each delivery. */
const MOST_ENTRIES = 2_000;

/**
 * Whether no other execution has had this delivery. n8n keeps that in its database, apart from static data. An
 * execution that a worker begins again is still the first one.
 */
async function isFirst(ctx: IExecuteFunctions, deliveryId: string) {
	const own = `${deliveryId} ${ctx.getExecutionId()}`;
	try {
		const options = { mode: 'entries', maxEntries: MOST_ENTRIES } as const;
		const { processed } = await ctx.helpers.checkProcessedAndRecord(
			[deliveryId, own],
			'node',
			options,
		);
		return !processed.includes(deliveryId) || processed.includes(own);
	} catch (error) {
		// An event that may be a repeat is better than one that is lost.
		ctx.logger.warn(`Earlier deliveries could not be read: ${(error as Error).message}`);
		return true;
	}
}

/**
 * Ends an execution for a repeated delivery at the trigger. `once` keeps such a delivery from starting an execution, but
 * its memory is lost if n8n sets static data back and is then restarted (docs/n8n-notes.md 4.2).
 */
export async function dropRepeats(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = ctx.getInputData();
	const deliveryId = items[0]?.json.webhook_id;
	if (ctx.getMode() === 'manual' || typeof deliveryId !== 'string') return [items];
	return [(await isFirst(ctx, deliveryId)) ? items : []];
}
