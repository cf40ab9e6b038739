import { HttpError } from '../wire/httpError.mjs';

/** What makes a key well-formed is not documented; printable, without blanks, and long enough is enough here. */
export const WELL_FORMED = /^[!-~]{8,}$/;

/** Throws a 401 with the platform's words (docs/api-notes.md 1.5) unless the key is the right one. */
export function authenticate(given: string | string[] | undefined, key: string) {
	if (given === undefined || given === '') {
		throw new HttpError(401, 'API key is missing, please provide an API key in the header.');
	}
	if (typeof given !== 'string' || !WELL_FORMED.test(given)) {
		throw new HttpError(
			401,
			'API key is malformed, please type the API key correctly in the header.',
		);
	}
	if (given !== key) {
		throw new HttpError(401, 'API key is invalid, please provide a valid API key in the header.');
	}
}
