/** One entry of a 422, in the format of FastAPI with pydantic v2 (docs/api-notes.md 2.6). */
export interface ValidationEntry {
	type: string;
	loc: Array<string | number>;
	msg: string;
	input?: unknown;
	ctx?: unknown;
}

/** Stops the handling of a request with an error response. */
export class HttpError extends Error {
	constructor(
		readonly status: number,
		readonly detail: string | ValidationEntry[],
	) {
		super(typeof detail === 'string' ? detail : 'Validation failed');
	}
}
