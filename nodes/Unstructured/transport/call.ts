import type { IDataObject } from 'n8n-workflow';
import { isAnswer, isGood, isOpen, type Answer } from './answer';
import { connect, type ApiContext } from './connection';
import { apiError } from './errors';
import { hideIn } from './redact';
import type { ReadBody } from './exchange';
import { pipelinesOnlyError } from './products';
import type { RetryLimits } from './retry';
import { secretsIn } from './secrets';
import { outcomeError, send, wordsOf } from './send';
import { joinSentences } from './sentences';
import type { Subject } from './subject';

const READ_LIMITS: RetryLimits = { attempts: 5, totalMs: 60_000 };
const READ_TIMEOUT_MS = 60_000;

interface CallOptions {
	method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
	qs?: IDataObject;
	body?: IDataObject;
	subject: Subject;
	/** Milliseconds for all attempts together, 60,000 by default. */
	totalMs?: number;
	/** The highest number of attempts, 5 by default. */
	attempts?: number;
	/** Reads the body instead of keeping all of it. It may be called several times. */
	read?: ReadBody;
	/** Whether the parsed body has the shape that this call returns. */
	check?: (json: unknown) => unknown;
	/** What a POST creates, for example `source`. Such a request is retried only after a 429, or if nothing of it was sent. */
	makes?: string;
	/** Whether a response without a body is a success. */
	mayBeEmpty?: boolean;
	/** Called before each retry. */
	onRetry?: () => void;
}

const howToCheck = (made: string) =>
	`Before running this again, check with the operation 'Get Many' whether the ${made} exists.`;

/**
 * Calls the API and returns its JSON response. Retries GETs, and writes that have the same effect twice, but no POST that
 * `makes` something. Throws a NodeApiError that says what happened and what to do.
 */
export async function call(ctx: ApiContext, path: string, options: CallOptions): Promise<Answer> {
	const connection = await connect(ctx);
	const {
		method = 'GET',
		qs,
		body,
		subject,
		totalMs = READ_LIMITS.totalMs,
		attempts = READ_LIMITS.attempts,
		read,
		check,
		makes,
		mayBeEmpty = false,
		onRetry,
	} = options;
	const missing = await pipelinesOnlyError(ctx, connection, path);
	if (missing) throw missing;
	const end = Date.now() + totalMs;
	const request = () => {
		const timeoutMs = Math.min(READ_TIMEOUT_MS, Math.max(1_000, end - Date.now()));
		return { method, path, qs, body, timeoutMs };
	};
	const outcome = await send(ctx, connection, request, {
		repeatable: makes === undefined,
		limits: { attempts, totalMs },
		read,
		onRetry,
		...(mayBeEmpty && { isFinal: isGood }),
		stillRunning: makes && joinSentences(`The ${makes} may have been created`, howToCheck(makes)),
	});
	const answered = isAnswer(outcome) && isGood(outcome);
	if (answered && mayBeEmpty && outcome.text.trim() === '') return outcome;
	if (answered && outcome.json !== undefined && (!check || check(outcome.json))) return outcome;
	const absent = await pipelinesOnlyError(ctx, connection, path, outcome);
	if (absent) throw absent;
	const shown = isAnswer(outcome) ? hideIn(outcome, secretsIn(body)) : outcome;
	const error = outcomeError(ctx, connection, shown, subject);
	if (makes === undefined) throw error;
	const { message } = error;
	if (isOpen(outcome) || answered) {
		// No advice to retry: that could create it twice.
		const explanation = {
			message: `${message}, so the ${makes} may or may not have been created`,
			description: joinSentences(howToCheck(makes), wordsOf(shown)),
			...(isAnswer(outcome) && { httpCode: String(outcome.statusCode) }),
		};
		throw apiError(ctx.getNode(), explanation, connection.apiKey);
	}
	if (isAnswer(outcome) || !outcome.neverSent) throw error;
	const description = joinSentences(`The ${makes} was not created`, error.description);
	throw apiError(ctx.getNode(), { message, description }, connection.apiKey);
}

/**
 * Deletes a record. If a response is lost and the record is gone afterwards, that attempt deleted it. Throws a NodeApiError.
 * @param path of the record
 */
export async function remove(ctx: ApiContext, path: string, subject: Subject): Promise<void> {
	const connection = await connect(ctx);
	const missing = await pipelinesOnlyError(ctx, connection, path);
	if (missing) throw missing;
	const request = () => ({ method: 'DELETE' as const, path, timeoutMs: READ_TIMEOUT_MS });
	// The response may be any JSON or empty (docs/api-notes.md 2.5), but not the web page of a proxy.
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
	const absent = await pipelinesOnlyError(ctx, connection, path, outcome);
	throw absent ?? outcomeError(ctx, connection, outcome, subject);
}
