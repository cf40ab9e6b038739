import type { FastifyRequest } from 'fastify';
import { HttpError } from '../wire/httpError.mjs';

/** Returns where a text stops being JSON, as far as the parser says. */
function position(message: string, text: string): number {
	const [, given] = /position (\d+)/.exec(message) ?? [];
	if (given !== undefined) return Number(given);
	return message.includes('end of JSON') ? text.length : 0;
}

/** Parses JSON. @throws HttpError 422 like FastAPI */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		const { message } = error as SyntaxError;
		throw new HttpError(422, [
			{
				type: 'json_invalid',
				loc: ['body', position(message, text)],
				msg: 'JSON decode error',
				input: {},
				ctx: { error: 'Expecting value' },
			},
		]);
	}
}

/** Returns the 422 for a body of a kind that the operation does not accept. */
const wrongKind = (takesForm: boolean, input: unknown = null) =>
	new HttpError(422, [
		takesForm
			? {
					type: 'value_error',
					loc: ['body', 'input_files'],
					msg: 'Value error, Expected UploadFile',
					input: null,
				}
			: {
					type: 'model_attributes_type',
					loc: ['body'],
					msg: 'Input should be a valid dictionary or object to extract fields from',
					input,
				},
	]);

/** Returns the fields of a urlencoded form. Undefined for a body of another type. */
export function readFields({ body, headers }: FastifyRequest): Record<string, string> | undefined {
	if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '')) return;
	return Object.fromEntries(new URLSearchParams(typeof body === 'string' ? body : ''));
}

/**
 * Returns the JSON body of a request that is not a form. Undefined if there is none.
 * @throws HttpError 422 for malformed JSON, and for a body of a kind that the operation does not accept
 */
export function readBody(request: FastifyRequest, takesForm: boolean): unknown {
	const text = typeof request.body === 'string' ? request.body : '';
	if (text === '') return undefined;
	const [type = ''] = (request.headers['content-type'] ?? '').split(';');
	if (!/[/+]json$/i.test(type.trim())) throw wrongKind(takesForm);
	const body = parseJson(text);
	// The validator would parse a text as JSON a second time.
	if (takesForm || typeof body !== 'object') throw wrongKind(takesForm, body);
	return body;
}
