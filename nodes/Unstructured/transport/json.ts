import type { IDataObject } from 'n8n-workflow';

/** The most nested levels of a JSON text. The API's own have fewer than 20. From some thousands on, n8n can't save the data. */
export const DEEPEST_LEVEL = 500;

const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [
	0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];

/** Whether the arrays and objects of a JSON text are nested deeper than `DEEPEST_LEVEL`. */
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

export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** IDs are UUIDs or short words. A longer text would not fit into a path or a message. */
const LONGEST_ID = 500;

/** Whether a value is a record, as returned by every call that reads or creates one. */
export const hasId = (json: unknown): json is IDataObject & { id: string } =>
	isRecord(json) &&
	Object.hasOwn(json, 'id') &&
	typeof json.id === 'string' &&
	json.id !== '' &&
	json.id.length <= LONGEST_ID;

/** Returns the records of a list response, and omits everything that is not an object. */
export const records = (json: unknown): IDataObject[] =>
	Array.isArray(json)
		? json.filter((row): row is IDataObject => typeof row === 'object' && row !== null)
		: [];
