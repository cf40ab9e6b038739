import { HttpError } from '../wire/httpError.mjs';

/** Checks a key. @throws HttpError 409 if another record has it. The response of the platform is not documented */
export function checkKey(store: { get: (key: string) => unknown }, key: string | null | undefined) {
	if (!key || !store.get(key)) return;
	throw new HttpError(409, `The key ${key} is in use already`);
}
