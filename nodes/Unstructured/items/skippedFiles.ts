import type { IExecuteFunctions } from 'n8n-workflow';
import { addHint, listInShort } from './hints';

/** The names of the empty files that were skipped in an execution, by input item. */
const skipped = new WeakMap<IExecuteFunctions, Map<number, string[]>>();

/** Notes empty files of an input item, for one hint on all of them. */
export function noteSkipped(ctx: IExecuteFunctions, itemIndex: number, names: string[]) {
	const noted = skipped.get(ctx) ?? new Map<number, string[]>();
	skipped.set(ctx, noted.set(itemIndex, names));
}

/** Shows the hint on the skipped files, if any. Items are counted from 1, as in the editor. */
export function hintAboutSkipped(ctx: IExecuteFunctions) {
	const noted = [...(skipped.get(ctx) ?? [])].sort(([one], [other]) => one - other);
	skipped.delete(ctx);
	const files = noted.flatMap(([item, names]) =>
		names.map((name) => `'${name.slice(0, 100)}' of item ${item + 1}`),
	);
	if (files.length === 0) return;
	addHint(ctx, `Empty files were skipped: ${listInShort(files)}.`);
}
