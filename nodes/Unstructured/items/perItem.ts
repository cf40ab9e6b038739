import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemResults } from './itemResults';

/** An operation that treats each item on its own: one item's failure leaves the others alone. */
export const perItem =
	(run: (ctx: IExecuteFunctions, itemIndex: number, results: ItemResults) => Promise<void>) =>
	async (ctx: IExecuteFunctions, results: ItemResults) => {
		for (let itemIndex = 0; itemIndex < ctx.getInputData().length; itemIndex++) {
			try {
				await run(ctx, itemIndex, results);
			} catch (error) {
				results.fail([itemIndex], error);
			}
		}
	};

/** n8n's storage is asked for the size of each file, and most of the time goes into waiting for it. */
const AT_ONCE = 2;

/**
 * Reads the input items, two at once, and gives out in their order what was read. An item that cannot be read fails on its
 * own.
 */
export async function* readItems<T>(
	ctx: IExecuteFunctions,
	results: ItemResults,
	read: (ctx: IExecuteFunctions, itemIndex: number) => Promise<T>,
): AsyncGenerator<[itemIndex: number, wanted: T]> {
	const indices = [...ctx.getInputData().keys()];
	for (let at = 0; at < indices.length; at += AT_ONCE) {
		const some = indices.slice(at, at + AT_ONCE);
		const outcomes = await Promise.allSettled(some.map(async (index) => await read(ctx, index)));
		for (const [offset, outcome] of outcomes.entries()) {
			if (outcome.status === 'fulfilled') yield [at + offset, outcome.value];
			else results.fail([at + offset], outcome.reason);
		}
	}
}
