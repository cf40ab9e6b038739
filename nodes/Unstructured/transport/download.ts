import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { isAnswer, isGood, type Answer, type NoAnswer } from './answer';
import { readBytes, UnreadableBody, type BodyStream } from './body';
import { cancelSignal, pause, throwIfCancelled } from './cancel';
import { connect } from './connection';
import { apiError } from './errors';
import { open, readAnswer, type OpenAnswer } from './exchange';
import { describeRejection } from './rejection';
import { retryDelayMs, type RetryLimits } from './retry';
import { outcomeError, serverNow } from './send';
import { named, type Subject } from './subject';

const LIMITS: RetryLimits = { attempts: 5, totalMs: 300_000 };
const HEAD_TIMEOUT_MS = 60_000;
/** A body has no time limit as long as 16 kB arrive per minute. */
const IDLE_MS = 60_000;

/** Codes of n8n's storage, for which retrying is useless. */
const STORAGE = /^(ENOSPC|EDQUOT|EACCES|EPERM|EROFS|ENOENT|EISDIR|EMFILE)$/;

/** A body that is arriving. */
export interface DownloadBody {
	/** Its bytes, as they are requested. */
	bytes: AsyncIterable<Buffer>;
	/** The stream that the bytes come from. It must not be read itself. */
	stream: BodyStream;
}

interface DownloadOptions {
	qs: IDataObject;
	subject: Subject;
	/** A further status to retry, for example 404 right after a job finished. */
	retryStatus?: number;
}

/** Why an attempt returned nothing. */
type Failure = Answer | NoAnswer | UnreadableBody;

/** Whether the body is complete: only a 200 is. A web page comes from a proxy or a sign-in, even with that status. */
const isWhole = ({ statusCode, headers }: OpenAnswer) =>
	statusCode === 200 && !/html/i.test(String(headers['content-type'] ?? ''));

const isOther2xx = (failure: Failure): failure is Answer =>
	!(failure instanceof UnreadableBody) &&
	isAnswer(failure) &&
	isGood(failure) &&
	failure.statusCode !== 200;

const notWhole = ({ statusCode }: Answer) =>
	new UnreadableBody(
		`was returned with status ${statusCode} instead of 200`,
		'Retry in a few minutes. If it happens again, check for a proxy between n8n and Unstructured.',
		true,
	);

/** Why a body could not be used, if the body or the network is to blame. */
function brokenBody(error: unknown): NoAnswer | UnreadableBody | undefined {
	if (error instanceof UnreadableBody) return error;
	const rejection = describeRejection(error);
	return rejection.code !== '' && !STORAGE.test(rejection.code) ? rejection : undefined;
}

async function useBody<Result>(
	ctx: IExecuteFunctions,
	stream: BodyStream,
	use: (body: DownloadBody) => Promise<Result>,
): Promise<{ result: Result } | { failure: Failure }> {
	const bytes = readBytes(stream, { idleMs: IDLE_MS, signal: cancelSignal(ctx) });
	try {
		return { result: await use({ bytes, stream }) };
	} catch (error) {
		throwIfCancelled(ctx);
		const failure = brokenBody(error);
		if (error instanceof NodeOperationError) throw error as NodeOperationError;
		if (!failure) throw new NodeOperationError(ctx.getNode(), error as Error);
		return { failure };
	} finally {
		// Even if nothing was read: the connection would stay open.
		stream.destroy();
	}
}

/** Returns the milliseconds until the next attempt. Undefined if there is none. */
function delayOf(
	failure: Failure,
	{ number, elapsedMs }: { number: number; elapsedMs: number },
	retryStatus: number | undefined,
) {
	if (failure instanceof UnreadableBody && !failure.mayPass) return undefined;
	const answer = !(failure instanceof UnreadableBody) && isAnswer(failure) ? failure : undefined;
	const isOther = answer && answer.statusCode !== retryStatus && !isGood(answer);
	return retryDelayMs(
		{
			number,
			elapsedMs,
			repeatable: true,
			statusCode: isOther ? answer.statusCode : undefined,
			retryAfter: answer && String(answer.headers['retry-after'] ?? ''),
		},
		LIMITS,
		Math.random(),
		answer ? serverNow(answer) : Date.now(),
	);
}

/**
 * Opens a body, passes it to `use`, and returns its result. Starts again from the beginning if the body is interrupted or
 * `use` throws an UnreadableBody. Throws a NodeApiError that says what happened, or a NodeOperationError if `use` fails for a
 * reason of its own.
 */
export async function download<Result>(
	ctx: IExecuteFunctions,
	path: string,
	{ qs, subject, retryStatus }: DownloadOptions,
	use: (body: DownloadBody) => Promise<Result>,
): Promise<Result> {
	const connection = await connect(ctx);
	const started = Date.now();
	for (let number = 1; ; number++) {
		throwIfCancelled(ctx);
		const request = { method: 'GET' as const, path, qs, timeoutMs: HEAD_TIMEOUT_MS };
		const opened = await open(ctx, connection.baseUrl, request);
		let failure: Failure;
		if ('body' in opened && isWhole(opened)) {
			const attempt = await useBody(ctx, opened.body, use);
			if ('result' in attempt) return attempt.result;
			({ failure } = attempt);
		} else {
			failure = 'body' in opened ? await readAnswer(ctx, connection, opened) : opened;
		}
		throwIfCancelled(ctx);
		const delay = delayOf(failure, { number, elapsedMs: Date.now() - started }, retryStatus);
		if (delay !== undefined) {
			await pause(ctx, delay);
			continue;
		}
		const unread = isOther2xx(failure) ? notWhole(failure) : failure;
		if (!(unread instanceof UnreadableBody)) {
			throw outcomeError(ctx, connection, unread, subject);
		}
		const message = `${named(subject)} ${unread.message}`;
		throw apiError(ctx.getNode(), { message, description: unread.description });
	}
}
