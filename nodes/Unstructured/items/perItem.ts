import type { IExecuteFunctions } from 'n8n-workflow';
import type { ItemResults } from './itemResults';
import { hintAboutSkipped } from './skippedFiles';

/** Makes an operation of a function for one item. If an item fails, the others are still processed. */
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

/** Items read at once. Reading the size of a file is mostly waiting for n8n's storage. */
const AT_ONCE = 2;

/**
 * Reads the input items, two at once, and yields the results in the order of the items. An item that can't be read fails
 * alone. Then shows a hint on the empty files that were skipped.
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
	hintAboutSkipped(ctx);
}
