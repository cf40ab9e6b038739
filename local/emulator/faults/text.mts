/** Returns the body of a scripted response as it is sent. */
export const asText = (body: unknown) =>
	typeof body === 'string' ? body : JSON.stringify(body ?? {});

/** A text counts as the web page of a proxy. */
export const contentTypeOf = (body: unknown) =>
	typeof body === 'string' ? 'text/html' : 'application/json';

/** Leaves a request without a response. */
export const never = () => new Promise<never>(() => undefined);
