import type {
	IDataObject,
	IHttpRequestMethods,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
} from 'n8n-workflow';
import type { Answer, NoAnswer } from './answer';
import { readBody, type BodyStream } from './body';
import { cancelSignal } from './cancel';
import type { ApiContext, Connection } from './connection';
import { MultipartForm } from './multipart';
import { describeRejection } from './rejection';

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** The path below `/api/v1`. Each ID in it is a `pathSegment`. */
	path: string;
	qs?: IDataObject;
	body?: IDataObject | MultipartForm;
	/** Milliseconds from the start to the last byte of the response. */
	timeoutMs: number;
}

/** The headers of a response, and its body as it arrives. */
export interface OpenAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: BodyStream;
	/** Unix milliseconds at which the body must be complete. */
	deadline: number;
	/** When the request started and when the headers arrived, in Unix milliseconds. */
	sentAt: number;
	receivedAt: number;
}

/**
 * Sends a request with n8n's own helper, so credentials, proxies, and SSRF rules apply, and opens the response. Never throws
 * because of the network or the server. Redirects are not followed: the key would be sent along, and an upload would be kept
 * in memory to be sent again (docs/n8n-notes.md 1.1, 1.2). Statuses are checked here, because the helper would send
 * everything a second time after a 401 (1.3).
 */
export async function open(
	ctx: ApiContext,
	baseUrl: string,
	request: ApiRequest,
): Promise<OpenAnswer | NoAnswer> {
	const sentAt = Date.now();
	const options: IHttpRequestOptions = {
		method: request.method,
		url: `${baseUrl}${request.path}`,
		headers: { accept: 'application/json' },
		timeout: request.timeoutMs,
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		encoding: 'stream',
		...(request.qs && { qs: request.qs }),
		...(request.body && { body: request.body }),
	};
	const response: IN8nHttpFullResponse | NoAnswer = await ctx.helpers.httpRequestWithAuthentication
		.call(ctx, 'unstructuredApi', options)
		.catch(describeRejection);
	if (!('statusCode' in response)) return response;
	const body = response.body as BodyStream;
	const receivedAt = Date.now();
	return {
		statusCode: response.statusCode,
		headers: response.headers,
		body,
		deadline: Math.max(sentAt + request.timeoutMs, receivedAt + 1_000),
		sentAt,
		receivedAt,
	};
}

/** Reads an opened response to its end, and masks the key in it. */
export async function readAnswer(
	ctx: ApiContext,
	{ apiKey: secret }: Connection,
	opened: OpenAnswer,
): Promise<Answer | NoAnswer> {
	const { statusCode, headers, deadline, sentAt, receivedAt } = opened;
	const ok = statusCode >= 200 && statusCode < 300;
	const body = await readBody(opened.body, { ok, deadline, secret, signal: cancelSignal(ctx) });
	return 'broken' in body
		? { code: body.broken, neverSent: false, message: 'The response was interrupted' }
		: { statusCode, headers, ...body, sentAt, receivedAt };
}

/** Reads the body of a response. `readAnswer` keeps all of it. */
export type ReadBody = typeof readAnswer;

/** Performs one HTTP exchange, from the request to the last byte of the response. */
export async function exchange(
	ctx: ApiContext,
	connection: Connection,
	request: ApiRequest,
	read: ReadBody = readAnswer,
): Promise<Answer | NoAnswer> {
	try {
		const opened = await open(ctx, connection.baseUrl, request);
		return 'body' in opened ? await read(ctx, connection, opened) : opened;
	} finally {
		if (request.body instanceof MultipartForm) request.body.close();
	}
}
