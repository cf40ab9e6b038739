import type { IDataObject } from 'n8n-workflow';
import { isAnswer, isGood, isOpen, type Answer } from './answer';
import { connect, type ApiContext } from './connection';
import { apiError, type Subject } from './errors';
import { hideIn } from './redact';
import type { ReadBody } from './exchange';
import { pipelinesOnlyError } from './products';
import type { RetryLimits } from './retry';
import { secretsIn } from './secrets';
import { outcomeError, send } from './send';
import { joinSentences } from './sentences';

const READ_LIMITS: RetryLimits = { attempts: 5, totalMs: 60_000 };
const READ_TIMEOUT_MS = 60_000;

interface CallOptions {
	method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
	qs?: IDataObject;
	body?: IDataObject;
	subject: Subject;
	/** Milliseconds for all tries together; 60,000 unless told. */
	totalMs?: number;
	/** How often the request is sent at most; 5 unless told. */
	attempts?: number;
	/** Reads the body in place of keeping all of it. It may be called several times. */
	read?: ReadBody;
	/** Whether the parsed body has the shape that this call gives. */
	check?: (json: unknown) => unknown;
	/** What a POST makes, e.g. `source`. It is sent again only after 429, or when nothing of it left this machine. */
	makes?: string;
	/** An answer without a body is a good one. */
	mayBeEmpty?: boolean;
	/** Called each time before the request is sent again. */
	onRetry?: () => void;
}

const howToCheck = (made: string) =>
	`Before running this again, check with the operation 'Get Many' whether the ${made} exists.`;

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
	if (makes === undefined || (!isOpen(outcome) && !answered)) throw error;
	const explanation = {
		message: `${error.message}, so the ${makes} may or may not have been created`,
		description: joinSentences(howToCheck(makes), error.description),
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
	const missing = await pipelinesOnlyError(ctx, connection, path);
	if (missing) throw missing;
	const request = () => ({ method: 'DELETE' as const, path, timeoutMs: READ_TIMEOUT_MS });
	// The answer may be any JSON or empty (docs/api-notes.md 2.5), but no web page of a proxy.
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
