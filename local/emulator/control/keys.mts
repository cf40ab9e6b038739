import { HttpError } from '../wire/httpError.mjs';

/** The keys that a body may have. Typed, so that no key can be forgotten. */
export const keysOf = <Body,>(keys: Record<keyof Body, true>) => Object.keys(keys);

/**
 * A mistyped key must not pass silently: a test would then test something else.
 * @throws HttpError 400 that names the key and those that are known
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

/** As checkKeys, for each of a list. */
export function checkList(body: unknown, known: string[]) {
	if (!Array.isArray(body)) throw new HttpError(400, 'The body must be a list.');
	for (const one of body) checkKeys(one, known);
}
