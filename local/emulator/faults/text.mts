/** The body of a scripted answer as it's sent. */
export const asText = (body: unknown) =>
	typeof body === 'string' ? body : JSON.stringify(body ?? {});

/** A text is taken for a page of a proxy. */
export const contentTypeOf = (body: unknown) =>
	typeof body === 'string' ? 'text/html' : 'application/json';

/** Leaves a request without an answer. */
export const never = () => new Promise<never>(() => undefined);
