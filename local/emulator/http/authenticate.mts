import { HttpError } from '../wire/httpError.mjs';

/** Which keys are well-formed is not documented. Here, they are printable, without spaces, and long enough. */
export const WELL_FORMED = /^[!-~]{8,}$/;

/** Throws a 401 in the words of the platform (docs/api-notes.md 1.5), unless the key is correct. */
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
