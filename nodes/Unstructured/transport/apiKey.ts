/**
 * The API key without what a copy brings along: spaces, line breaks, and characters that no header can carry, such as a
 * zero-width space. The request sends this form, and error texts hide this form: a server can only echo what it was sent.
 */
export const cleanApiKey = (key: unknown): string =>
	typeof key === 'string' ? key.replace(/[^\x21-\x7e]/g, '') : '';
