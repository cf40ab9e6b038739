/**
 * Reads JSON that a person typed, or takes what an expression gave. The reason never quotes the text, as V8 would: there
 * may be a secret in it.
 */
export function parseJson(value: unknown): { json: unknown } | { reason: string } {
	if (typeof value !== 'string') return { json: value };
	if (value.trim() === '') return { reason: 'it is empty' };
	try {
		return { json: JSON.parse(value) as unknown };
	} catch (error) {
		const { message } = error as Error;
		const [words = ''] = /^[^,"]*(?:'.')?/.exec(message) ?? [];
		return { reason: `it is not valid JSON (${words.trim() || 'check quotes and commas'})` };
	}
}

/** Levels of a JSON text. The API's own have less than 20; from some thousands on, n8n could not save what it was given. */
export const DEEPEST_LEVEL = 500;

const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [
	0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];

/** Whether arrays and objects of a JSON text are nested deeper than `DEEPEST_LEVEL`. */
export function isTooDeep(text: string): boolean {
	let depth = 0;
	let inString = false;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (inString) {
			if (code === BACKSLASH) at++;
			else if (code === QUOTE) inString = false;
		} else if (code === QUOTE) inString = true;
		else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
			if (++depth > DEEPEST_LEVEL) return true;
		} else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) depth--;
	}
	return false;
}
