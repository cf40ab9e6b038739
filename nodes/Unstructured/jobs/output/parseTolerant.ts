/** Numbers that Python's `json` writes although JSON has none of them. */
const NO_NUMBER = /-?\bInfinity\b|\bNaN\b/g;

/** Returns the position after the string that begins at `start`. */
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

/** The result of parsing a text that is not JSON. */
export const BROKEN = Symbol('not JSON');

/** Parses JSON. Returns BROKEN instead of throwing, because an error for each element of an output would be slow. */
export function parseStrict(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		// V8's message is not used: it quotes the document.
		return BROKEN;
	}
}

/** Parses JSON, with `NaN`, `Infinity`, and `-Infinity` as null. Returns BROKEN if it is not JSON even so. */
export const parseLoose = (text: string): unknown =>
	/NaN|Infinity/.test(text) ? parseStrict(withoutNoNumbers(text)) : BROKEN;
