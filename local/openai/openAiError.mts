/** An error response in the format of the API. */
export class OpenAiError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly type: string,
	) {
		super(message);
	}

	get body() {
		return { error: { message: this.message, type: this.type, param: null, code: null } };
	}
}

export const badRequest = (message: string) =>
	new OpenAiError(400, message, 'invalid_request_error');
