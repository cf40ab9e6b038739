import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** The entries that n8n keeps for this node, two for each delivery. */
const MOST_ENTRIES = 2_000;

/**
 * Whether no other execution received this delivery. n8n stores that in its database, separately from static data. An
 * execution that a worker restarts still counts as the first one.
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
		// A repeated event is better than a lost one.
		ctx.logger.warn(`Earlier deliveries could not be read: ${(error as Error).message}`);
		return true;
	}
}

/**
 * Stops the execution for a repeated delivery at the trigger. `once` keeps such a delivery from starting an execution, but
 * forgets it if n8n resets static data and is then restarted (docs/n8n-notes.md 4.2).
 */
export async function dropRepeats(ctx: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = ctx.getInputData();
	const deliveryId = items[0]?.json.webhook_id;
	if (ctx.getMode() === 'manual' || typeof deliveryId !== 'string') return [items];
	return [(await isFirst(ctx, deliveryId)) ? items : []];
}
