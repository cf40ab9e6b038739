import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/** Splits a text at its commas. A part that is one of the known IDs may contain commas. */
function split(text: string, known: string[]): string[] {
	const ids = new Set(known);
	const parts = text.split(',');
	const longest = known.reduce((most, id) => Math.max(most, id.split(',').length), 1);
	const chosen: string[] = [];
	for (let from = 0, to; from < parts.length; from = to) {
		const joined = (end: number) => parts.slice(from, end).join(',').trim();
		to = Math.min(from + longest, parts.length);
		while (to > from + 1 && !ids.has(joined(to))) to--;
		chosen.push(joined(to));
	}
	return chosen.filter(Boolean);
}

/**
 * Reads the IDs in 'File IDs': a list from an expression, or comma-separated text. An ID of the job may contain commas itself.
 * Throws a NodeOperationError for a list of something else.
 */
export function chosenFileIds(ctx: IExecuteFunctions, value: unknown, known: string[]): string[] {
	if (value === null || typeof value !== 'object') {
		return [...new Set(split(String(value ?? ''), known))];
	}
	if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) {
		throw new NodeOperationError(ctx.getNode(), "'File IDs' contains something other than IDs", {
			description:
				'The expression must return a text, or a list of texts such as "input_file_ids" of the job.',
		});
	}
	return [...new Set(value.map((id: string) => id.trim()).filter(Boolean))];
}
