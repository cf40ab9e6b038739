import type { IExecuteFunctions } from 'n8n-workflow';

/** The names shown of a longer list. */
const MOST_NAMES = 10;

/** For a hint on something that is no error, but returns no item. n8n ends the branch there. */
export const WITHOUT_ITEM =
	"No item is returned for it. To continue anyway, turn on 'Always Output Data' in the settings of this node.";

/**
 * Shows a hint next to the output of the node: what happened, although nothing failed, and the next step. An n8n version
 * without hints shows nothing.
 */
export function addHint(
	ctx: IExecuteFunctions,
	message: string,
	type: 'info' | 'warning' = 'warning',
) {
	if (typeof ctx.addExecutionHints !== 'function') return;
	ctx.addExecutionHints({ message, type, location: 'outputPane' });
}

/** Lists texts for a hint or an error: `a, b and 12 more`. */
export function listInShort(texts: string[]): string {
	const shown = texts.slice(0, MOST_NAMES).join(', ');
	const more = texts.length - MOST_NAMES;
	return more > 0 ? `${shown} and ${more} more` : shown;
}

/** Lists names for a hint or an error: `'a.pdf', 'b.pdf' and 12 more`. */
export const namesInShort = (names: string[]): string =>
	listInShort(names.map((name) => `'${name.slice(0, 100)}'`));
