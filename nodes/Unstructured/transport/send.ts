import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isAnswer, isGood, type Answer, type NoAnswer } from './answer';
import { TOO_LARGE } from './body';
import { pause, throwIfCancelled } from './cancel';
import type { ApiContext, Connection } from './connection';
import { apiError, explainAnswer, explainNoAnswer, type Subject } from './errors';
import { exchange, type ApiRequest, type ReadBody } from './exchange';
import { retryAfterMs, retryDelayMs, type RetryLimits } from './retry';

/** The server's own clock, which `Retry-After` dates go by; this machine's without a `Date` header. Unix milliseconds. */
export const serverNow = ({ headers }: Answer) =>
	Date.parse(String(headers.date ?? '')) || Date.now();

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
	stillRunning?: string;
	read?: ReadBody;
}

/** Sends a request, and again as `retry.ts` allows. `request` is built anew each time: forms open their files again. */
export async function send(
	ctx: ApiContext,
	connection: Connection,
	request: () => ApiRequest,
	{ repeatable, limits, isFinal, onRetry, stillRunning, read }: SendOptions,
): Promise<Answer | NoAnswer> {
	const started = Date.now();
	let pausedMs = 0;
	for (let number = 1; ; number++) {
		throwIfCancelled(ctx);
		const outcome = await exchange(ctx, connection, request(), read);
		// An answer is looked at all the same: the id of a job in it must not be lost.
		if (!isAnswer(outcome)) throwIfCancelled(ctx, stillRunning);
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
			isAnswer(outcome) ? serverNow(outcome) : Date.now(),
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
		error.context.retryAfterMs = retryAfterMs(asked, serverNow(outcome));
	}
	return error;
}
