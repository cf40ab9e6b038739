/**
 * Returns the API key without what copying adds: spaces, line breaks, and characters that no header can carry, such as a
 * zero-width space. Requests send this form, and error texts mask this form, because a server can only echo what it received.
 */
export const cleanApiKey = (key: unknown): string =>
	typeof key === 'string' ? key.replace(/[^\x21-\x7e]/g, '') : '';
