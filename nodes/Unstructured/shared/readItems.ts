import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n's storage is asked for the size of each file, and most of the time goes into waiting for it. */
const AT_ONCE = 2;

/**
 * Reads the input items, in their order, a few at once.
 * @param read what to read of one item; an error is given out in its place
 */
export async function* readItems<T>(
	ctx: IExecuteFunctions,
	read: (itemIndex: number) => Promise<T>,
): AsyncGenerator<[itemIndex: number, outcome: PromiseSettledResult<T>]> {
	const indices = [...ctx.getInputData().keys()];
	for (let at = 0; at < indices.length; at += AT_ONCE) {
		const outcomes = await Promise.allSettled(indices.slice(at, at + AT_ONCE).map(read));
		for (const [offset, outcome] of outcomes.entries()) yield [at + offset, outcome];
	}
}
