import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isAnswer, isGood, type Answer, type NoAnswer } from './answer';
import { TOO_LARGE } from './body';
import { pause, throwIfCancelled } from './cancel';
import type { ApiContext, Connection } from './connection';
import { apiError, explainAnswer, explainNoAnswer, serverDetail } from './errors';
import { exchange, type ApiRequest, type ReadBody } from './exchange';
import { retryAfterMs, retryDelayMs, type RetryLimits } from './retry';
import { maskText } from './secrets';
import type { Subject } from './subject';

/** Returns the time of the server in Unix milliseconds, for `Retry-After` dates. Without a `Date` header, that of this machine. */
export const serverNow = ({ headers }: Answer) =>
	Date.parse(String(headers.date ?? '')) || Date.now();

/** Whether a retry has the same outcome: a response that is too large, or a server without TLS. */
const isLasting = (outcome: Answer | NoAnswer) =>
	!isAnswer(outcome) && (outcome.code === TOO_LARGE || outcome.isLasting === true);

/** Omits the status of a 2xx that is not JSON, so it counts as no response, and a read is retried. */
const readable = (answer: Answer) =>
	isGood(answer) && answer.json === undefined
		? {}
		: {
				statusCode: answer.statusCode,
				retryAfter: String(answer.headers['retry-after'] ?? ''),
			};

interface SendOptions {
	/** Whether a second attempt has no further effect on the server. */
	repeatable: boolean;
	limits: RetryLimits;
	/** Whether retrying after this response is useless, whatever its status. */
	isFinal?: (answer: Answer) => boolean;
	/** Called before each retry, with the outcome that leads to it. */
	onRetry?: (outcome: Answer | NoAnswer) => void;
	/** What continues in Unstructured if the execution is canceled meanwhile, in full sentences. */
	stillRunning?: string;
	read?: ReadBody;
}

/** Sends a request, and retries it as `retry.ts` allows. `request` is called for each attempt, because forms open their files again. */
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
		// Use a response even if the execution was canceled: it may contain the ID of a job.
		if (!isAnswer(outcome)) throwIfCancelled(ctx, stillRunning);
		if (isAnswer(outcome) && isFinal?.(outcome)) return outcome;
		const delay = retryDelayMs(
			{
				number,
				// The time of an upload does not count: it may take minutes, and a 429 after it is still worth a retry.
				elapsedMs: repeatable ? Date.now() - started : pausedMs,
				repeatable: repeatable && !isLasting(outcome),
				...(isAnswer(outcome)
					? readable(outcome)
					: { neverSent: outcome.neverSent && !isLasting(outcome) }),
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

/** Returns what is known of an outcome in doubt, without advice: the words of the server, or the cause of the network. */
export function wordsOf(outcome: Answer | NoAnswer): string {
	const said = isAnswer(outcome)
		? serverDetail(outcome)
		: maskText([outcome.code, outcome.message].filter(Boolean).join(': '));
	return said && said !== '{}'
		? `${isAnswer(outcome) ? 'Unstructured said' : 'Cause'}: ${said}`
		: '';
}

/** Creates the error for an unexpected outcome. Its `context.retryAfterMs` contains what `Retry-After` asks for. */
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
