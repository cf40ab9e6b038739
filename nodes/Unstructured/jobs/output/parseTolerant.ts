/** Numbers that Python's `json` writes although JSON has none of them. */
const NO_NUMBER = /-?\bInfinity\b|\bNaN\b/g;

/** The position after the quote that ends the string which begins at `start`. */
function stringEnd(text: string, start: number): number {
	for (let at = start + 1; ; at++) {
		at = text.indexOf('"', at);
		if (at === -1) return text.length;
		let backslashes = 0;
		while (text[at - backslashes - 1] === '\\') backslashes++;
		if (backslashes % 2 === 0) return at + 1;
	}
}

/** Replaces `NaN`, `Infinity` and `-Infinity` with `null`, except in strings. */
function withoutNoNumbers(text: string): string {
	const parts: string[] = [];
	for (let at = 0; at < text.length; ) {
		const quote = text.indexOf('"', at);
		const end = quote === -1 ? text.length : quote;
		parts.push(text.slice(at, end).replace(NO_NUMBER, 'null'));
		at = quote === -1 ? end : stringEnd(text, quote);
		parts.push(text.slice(end, at));
	}
	return parts.join('');
}

/** What a text that is not JSON is parsed to. */
export const BROKEN = Symbol('not JSON');

/** No exception and no wrapped value: this runs for each element of an output. */
export function parseStrict(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		// Not shown: V8's message quotes the text, which is a document's.
		return BROKEN;
	}
}

/** Parses JSON in which numbers may be `NaN`, `Infinity` or `-Infinity`, read as null. BROKEN when it isn't JSON even so. */
export const parseLoose = (text: string): unknown =>
	/NaN|Infinity/.test(text) ? parseStrict(withoutNoNumbers(text)) : BROKEN;
