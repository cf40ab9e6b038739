import { HttpError } from '../wire/httpError.mjs';

/** @throws HttpError 409 for a key that another record has; what the platform answers is not documented */
export function checkKey(store: { get: (key: string) => unknown }, key: string | null | undefined) {
	if (!key || !store.get(key)) return;
	throw new HttpError(409, `The key ${key} is in use already`);
}
