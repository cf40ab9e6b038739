import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { readBody, type BodyStream } from './body';
import { MultipartForm } from './multipart';

/** The contexts from which the API is called. */
export type ApiContext =
	| IExecuteFunctions
	| IHookFunctions
	| ILoadOptionsFunctions
	| IWebhookFunctions;

export interface ApiRequest {
	method: IHttpRequestMethods;
	/** Below `/api/v1`, with every id made a `pathSegment`. */
	path: string;
	qs?: IDataObject;
	body?: IDataObject | MultipartForm;
	/** Milliseconds from the start to the last byte of the answer. */
	timeoutMs: number;
}

/** The server answered, with whatever status. */
export interface Answer {
	statusCode: number;
	/** Lower-case names. */
	headers: Record<string, unknown>;
	/** The parsed body; undefined when it isn't JSON, or broke off. */
	json: unknown;
	/** The body as text: whole for a 2xx, else its first 64 KiB. */
	text: string;
}

/** No complete answer came. */
export interface NoAnswer {
	/** A Node.js or axios code such as `ECONNRESET`, or an empty string. */
	code: string;
	/** No byte of the request left this machine. */
	neverSent: boolean;
	message: string;
	/** A file that could not be read to its end; the request broke off with it, so the server never had it whole. */
	unreadableFile?: NodeOperationError;
}

export const isAnswer = (outcome: Answer | NoAnswer): outcome is Answer => 'statusCode' in outcome;

/** Aborts when the execution is stopped; undefined in contexts that can't be. */
export const cancelSignal = (ctx: ApiContext) =>
	'getExecutionCancelSignal' in ctx ? ctx.getExecutionCancelSignal() : undefined;

const CONNECT_CALLS = new Set(['connect', 'getaddrinfo']);
const CONNECT_CODES = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);

interface CodedError {
	code?: unknown;
	syscall?: unknown;
	message?: unknown;
	cause?: unknown;
	errors?: unknown;
}

/** The helper wraps: NodeApiError -> AxiosError -> the socket's error, or several of them. */
function* causes(error: unknown): Generator<CodedError> {
	let current = error;
	for (let depth = 0; typeof current === 'object' && current !== null && depth < 6; depth++) {
		const coded: CodedError = current;
		yield coded;
		current = coded.cause ?? (Array.isArray(coded.errors) ? coded.errors[0] : undefined);
	}
}

/** What a rejection of n8n's request helper says about the exchange. */
export function describeRejection(error: unknown): NoAnswer {
	const chain = [...causes(error)];
	const innermost = chain.at(-1);
	const code = chain.map((link) => link.code).find((value) => typeof value === 'string') ?? '';
	return {
		code: code as string,
		neverSent: chain.some(
			(link) => CONNECT_CODES.has(String(link.code)) || CONNECT_CALLS.has(String(link.syscall)),
		),
		message: typeof innermost?.message === 'string' ? innermost.message : '',
		unreadableFile: chain.find(
			(link): link is NodeOperationError & CodedError => link instanceof NodeOperationError,
		),
	};
}

/** The head of an answer, and its body as it arrives. */
export interface OpenAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	body: BodyStream;
	/** Unix milliseconds at which the body must be complete. */
	deadline: number;
}

/**
 * Sends a request through n8n's own helper, so that credentials, proxies and SSRF rules hold, and opens the answer.
 * Never throws for what the network or the server does. Redirects are not followed: the key would travel along, and an
 * upload would be kept in memory for the replay (n8n-platform.md 1.3, 1.7). Statuses are looked at here, because the
 * helper would send everything a second time after a 401 (1.6).
 */
export async function open(
	ctx: ApiContext,
	baseUrl: string,
	request: ApiRequest,
): Promise<OpenAnswer | NoAnswer> {
	const started = Date.now();
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
	return {
		statusCode: response.statusCode,
		headers: response.headers,
		body: response.body as BodyStream,
		deadline: Math.max(started + request.timeoutMs, Date.now() + 1_000),
	};
}

/** The credential's address and key, as a call and its error texts need them. */
export interface Connection {
	baseUrl: string;
	host: string;
	apiKey: string;
}

/** Reads an opened answer to its end. The key is in none of it. */
export async function readAnswer(
	ctx: ApiContext,
	{ apiKey: secret }: Connection,
	opened: OpenAnswer,
): Promise<Answer | NoAnswer> {
	const { statusCode, headers, deadline } = opened;
	const ok = statusCode >= 200 && statusCode < 300;
	const body = await readBody(opened.body, { ok, deadline, secret, signal: cancelSignal(ctx) });
	return 'broken' in body
		? { code: body.broken, neverSent: false, message: 'The answer broke off' }
		: { statusCode, headers, ...body };
}

/** One HTTP exchange, from the request to the answer's last byte. */
export async function exchange(
	ctx: ApiContext,
	connection: Connection,
	request: ApiRequest,
): Promise<Answer | NoAnswer> {
	try {
		const opened = await open(ctx, connection.baseUrl, request);
		return 'body' in opened ? await readAnswer(ctx, connection, opened) : opened;
	} finally {
		if (request.body instanceof MultipartForm) request.body.close();
	}
}
