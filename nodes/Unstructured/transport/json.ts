import type { IDataObject } from 'n8n-workflow';

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

export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Ids are UUIDs or short words; a longer text could stand in no path and no message. */
const LONGEST_ID = 500;

/** Whether it is a record, as every call gives that reads or makes one. */
export const hasId = (json: unknown): json is IDataObject & { id: string } =>
	isRecord(json) &&
	Object.hasOwn(json, 'id') &&
	typeof json.id === 'string' &&
	json.id !== '' &&
	json.id.length <= LONGEST_ID;

/** The records of a list answer; whatever is no object is left out. */
export const records = (json: unknown): IDataObject[] =>
	Array.isArray(json)
		? json.filter((row): row is IDataObject => typeof row === 'object' && row !== null)
		: [];
