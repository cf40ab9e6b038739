import type { IExecuteFunctions } from 'n8n-workflow';

/** Longer lists of names end with how many more there are. */
const MOST_NAMES = 10;

/**
 * Shows a hint beside what the node returns: what happened that is no failure, and the next step. An n8n that has no hints
 * yet shows nothing.
 */
export function addHint(
	ctx: IExecuteFunctions,
	message: string,
	type: 'info' | 'warning' = 'warning',
) {
	if (typeof ctx.addExecutionHints !== 'function') return;
	ctx.addExecutionHints({ message, type, location: 'outputPane' });
}

/** Names for a hint or an error: `'a.pdf', 'b.pdf' and 12 more`. */
export function namesInShort(names: string[]): string {
	const shown = names.slice(0, MOST_NAMES).map((name) => `'${name.slice(0, 100)}'`);
	const more = names.length - shown.length;
	return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
