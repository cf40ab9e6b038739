import { NodeApiError, NodeOperationError, sleep, type IDataObject } from 'n8n-workflow';
import { resolveBaseUrl } from './baseUrl';
import { TOO_LARGE } from './body';
import { apiError, explainAnswer, explainNoAnswer, hideIn, type Subject } from './errors';
import {
	cancelSignal,
	exchange,
	isAnswer,
	type Answer,
	type ApiContext,
	type ApiRequest,
	type Connection,
	type NoAnswer,
} from './exchange';
import { retryAfterMs, retryDelayMs, type RetryLimits } from './retry';

const READ_LIMITS: RetryLimits = { attempts: 5, totalMs: 60_000 };
const READ_TIMEOUT_MS = 60_000;
const CANCEL_SLICE_MS = 100;

/** Reads the credential. Throws a NodeOperationError that says what to change when its URL can't be used. */
export async function connect(ctx: ApiContext): Promise<Connection> {
	const { apiUrl, apiKey } = await ctx.getCredentials<{ apiUrl: string; apiKey: string }>(
		'unstructuredApi',
	);
	const base = resolveBaseUrl(apiUrl);
	if ('reason' in base) {
		throw new NodeOperationError(ctx.getNode(), base.reason, { description: base.fix });
	}
	return { baseUrl: base.url, host: base.host, apiKey: apiKey.trim() };
}

/**
 * Throws when the execution was stopped; stopping must not be taken for one item's failure. n8n tells a stop by the
 * word "canceled" in the message.
 * @param left what goes on at Unstructured all the same
 */
export function throwIfCancelled(ctx: ApiContext, left?: string) {
	if (cancelSignal(ctx)?.aborted) {
		throw new NodeOperationError(ctx.getNode(), 'The execution was canceled', {
			description: left,
		});
	}
}

/** Waits `ms` milliseconds, or throws at once when the execution is stopped. */
export async function pause(ctx: ApiContext, ms: number, left?: string) {
	const end = Date.now() + ms;
	for (let rest = ms; rest > 0; rest = end - Date.now()) {
		throwIfCancelled(ctx, left);
		await sleep(Math.min(CANCEL_SLICE_MS, rest));
	}
	throwIfCancelled(ctx, left);
}

export const isGood = ({ statusCode }: Answer) => statusCode >= 200 && statusCode < 300;

/** Whether a write was carried out can't be told from this: no answer, an answer that can't be read, or a gateway's. */
export const isOpen = (outcome: Answer | NoAnswer) =>
	isAnswer(outcome)
		? outcome.statusCode >= 500 || (isGood(outcome) && outcome.json === undefined)
		: !outcome.neverSent && !outcome.unreadableFile;

/** It would be as large again. */
const isTooLarge = (outcome: Answer | NoAnswer) => !isAnswer(outcome) && outcome.code === TOO_LARGE;

/** A 2xx that is no JSON is no answer: a read of it is tried again. */
const readable = (answer: Answer) =>
	isGood(answer) && answer.json === undefined
		? {}
		: {
				statusCode: answer.statusCode,
				retryAfter: String(answer.headers['retry-after'] ?? ''),
			};

interface SendOptions {
	/** A second exchange can change nothing on the server. */
	repeatable: boolean;
	limits: RetryLimits;
	/** An answer after which trying again makes no sense, whatever its status. */
	isFinal?: (answer: Answer) => boolean;
	/** Called with each outcome after which the request is sent again. */
	onRetry?: (outcome: Answer | NoAnswer) => void;
	/** What goes on at Unstructured when the execution is stopped meanwhile. */
	left?: string;
}

/** Sends a request, and again as `retry.ts` allows. `request` is built anew each time: forms open their files again. */
export async function send(
	ctx: ApiContext,
	connection: Connection,
	request: () => ApiRequest,
	{ repeatable, limits, isFinal, onRetry, left }: SendOptions,
): Promise<Answer | NoAnswer> {
	const started = Date.now();
	let pausedMs = 0;
	for (let number = 1; ; number++) {
		throwIfCancelled(ctx);
		const outcome = await exchange(ctx, connection, request());
		// An answer is looked at all the same: the id of a job in it must not be lost.
		if (!isAnswer(outcome)) throwIfCancelled(ctx, left);
		if (isAnswer(outcome) && isFinal?.(outcome)) return outcome;
		const delay = retryDelayMs(
			{
				number,
				// The minutes that an upload takes are no reason not to wait out a 429.
				elapsedMs: repeatable ? Date.now() - started : pausedMs,
				repeatable: repeatable && !isTooLarge(outcome),
				...(isAnswer(outcome) ? readable(outcome) : { neverSent: outcome.neverSent }),
			},
			limits,
			Math.random(),
			Date.now(),
		);
		if (delay === undefined) return outcome;
		onRetry?.(outcome);
		await pause(ctx, delay);
		pausedMs += delay;
	}
}

/** The error for an outcome that is not what was asked for. What `Retry-After` asks is in its `context.retryAfterMs`. */
export function outcomeError(
	ctx: ApiContext,
	connection: Connection,
	outcome: Answer | NoAnswer,
	subject: Subject,
): NodeApiError | NodeOperationError {
	if (!isAnswer(outcome) && outcome.unreadableFile) return outcome.unreadableFile;
	const explanation = isAnswer(outcome)
		? explainAnswer(outcome, subject)
		: explainNoAnswer(outcome, connection.host);
	const error = apiError(ctx.getNode(), explanation, connection.apiKey);
	if (isAnswer(outcome)) {
		const asked = String(outcome.headers['retry-after'] ?? '');
		error.context.retryAfterMs = retryAfterMs(asked, Date.now());
	}
	return error;
}

interface CallOptions {
	method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
	qs?: IDataObject;
	body?: IDataObject;
	subject: Subject;
	/** Milliseconds for all tries together; 60,000 unless told. */
	totalMs?: number;
	/** Whether the parsed body has the shape that this call gives. */
	check?: (json: unknown) => unknown;
	/** What a POST makes, e.g. `source`. It is sent again only after 429, or when nothing of it left this machine. */
	makes?: string;
	/** Values of the body that no error text may show, should the server echo them. */
	hidden?: string[];
	/** An answer without a body is a good one. */
	mayBeEmpty?: boolean;
}

const howToCheck = (made: string) =>
	`Before you run it again, look with the operation 'Get Many' whether the ${made} is there`;

/**
 * A call that gives JSON. It may be repeated: any GET, and writes that change nothing when made twice; only a POST that
 * `makes` something is not. Throws a NodeApiError that says what happened and what to do.
 */
export async function call(ctx: ApiContext, path: string, options: CallOptions): Promise<Answer> {
	const connection = await connect(ctx);
	const {
		method = 'GET',
		qs,
		body,
		subject,
		totalMs = READ_LIMITS.totalMs,
		check,
		makes,
		mayBeEmpty = false,
	} = options;
	const end = Date.now() + totalMs;
	const request = () => {
		const timeoutMs = Math.min(READ_TIMEOUT_MS, Math.max(1_000, end - Date.now()));
		return { method, path, qs, body, timeoutMs };
	};
	const outcome = await send(ctx, connection, request, {
		repeatable: makes === undefined,
		limits: { ...READ_LIMITS, totalMs },
		...(mayBeEmpty && { isFinal: isGood }),
		left: makes && `The ${makes} may have been created. ${howToCheck(makes)}`,
	});
	const answered = isAnswer(outcome) && isGood(outcome);
	if (answered && mayBeEmpty && outcome.text.trim() === '') return outcome;
	if (answered && outcome.json !== undefined && (!check || check(outcome.json))) return outcome;
	const shown = isAnswer(outcome) ? hideIn(outcome, options.hidden ?? []) : outcome;
	const error = outcomeError(ctx, connection, shown, subject);
	if (makes === undefined || (!isOpen(outcome) && !answered)) throw error;
	const explanation = {
		message: `${error.message}, so it is not certain whether the ${makes} was created`,
		description: `${howToCheck(makes)}. ${error.description ?? ''}`,
		...(isAnswer(outcome) && { httpCode: String(outcome.statusCode) }),
	};
	throw apiError(ctx.getNode(), explanation, connection.apiKey);
}

/**
 * Deletes a record. One that is gone after a try whose answer was lost was deleted by that try. Throws a NodeApiError.
 * @param path of the record
 */
export async function remove(ctx: ApiContext, path: string, subject: Subject): Promise<void> {
	const connection = await connect(ctx);
	const request = () => ({ method: 'DELETE' as const, path, timeoutMs: READ_TIMEOUT_MS });
	// The answer may be any JSON or empty (unstructured-api.md 2), but no web page of a proxy.
	const isDone = (answer: Answer) =>
		isGood(answer) && (answer.json !== undefined || answer.text.trim() === '');
	let mayBeDone = false;
	const outcome = await send(ctx, connection, request, {
		repeatable: true,
		limits: READ_LIMITS,
		isFinal: isDone,
		onRetry: (lost) => (mayBeDone ||= isOpen(lost)),
	});
	if (isAnswer(outcome)) {
		if (isDone(outcome) || (mayBeDone && outcome.statusCode === 404)) return;
	}
	throw outcomeError(ctx, connection, outcome, subject);
}
