import { HttpError } from '../wire/httpError.mjs';

/** The keys that a body may have. The type ensures that no key is missing. */
export const keysOf = <Body,>(keys: Record<keyof Body, true>) => Object.keys(keys);

/**
 * Checks the keys of a body. A misspelled one must not be ignored: the test would test something else.
 * @throws HttpError 400 with the unknown key and the known ones
 */
export function checkKeys(body: unknown, known: string[]) {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new HttpError(400, `The body must be an object with any of: ${known.join(', ')}`);
	}
	const unknown = Object.keys(body).find((key) => !known.includes(key));
	if (unknown !== undefined) {
		throw new HttpError(400, `Unknown key '${unknown}'. Known: ${known.join(', ')}`);
	}
}

/** Like checkKeys, for each entry of a list. */
export function checkList(body: unknown, known: string[]) {
	if (!Array.isArray(body)) throw new HttpError(400, 'The body must be a list.');
	for (const one of body) checkKeys(one, known);
}
