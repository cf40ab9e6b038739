import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { isAnswer, isGood, type Answer, type NoAnswer } from './answer';
import { readBytes, UnreadableBody, type BodyStream } from './body';
import { cancelSignal, pause, throwIfCancelled } from './cancel';
import { connect } from './connection';
import { apiError, named, type Subject } from './errors';
import { open, readAnswer, type OpenAnswer } from './exchange';
import { describeRejection } from './rejection';
import { retryDelayMs, type RetryLimits } from './retry';
import { outcomeError, serverNow } from './send';

const LIMITS: RetryLimits = { attempts: 5, totalMs: 300_000 };
const HEAD_TIMEOUT_MS = 60_000;
/** A body may take as long as it likes, as long as 16 kB a minute arrive. */
const IDLE_MS = 60_000;

/** Codes of n8n's storage, where trying again does not help. */
const STORAGE = /^(ENOSPC|EDQUOT|EACCES|EPERM|EROFS|ENOENT|EISDIR|EMFILE)$/;

/** A body that arrives. */
export interface DownloadBody {
	/** Its bytes, as they are asked for. */
	bytes: AsyncIterable<Buffer>;
	/** The stream that they come from. Not to be read. */
	stream: BodyStream;
}

interface DownloadOptions {
	qs: IDataObject;
	subject: Subject;
	/** Further statuses to try again after, e.g. 404 right after a job's end. */
	retryStatus?: number;
}

/** Why an attempt brought nothing. */
type Failure = Answer | NoAnswer | UnreadableBody;

/** Only a 200 has the whole body. A page is a proxy's or a login's, whatever its status. */
const isWhole = ({ statusCode, headers }: OpenAnswer) =>
	statusCode === 200 && !/html/i.test(String(headers['content-type'] ?? ''));

const isOther2xx = (failure: Failure): failure is Answer =>
	!(failure instanceof UnreadableBody) &&
	isAnswer(failure) &&
	isGood(failure) &&
	failure.statusCode !== 200;

const notWhole = ({ statusCode }: Answer) =>
	new UnreadableBody(
		`came with status ${statusCode} instead of 200`,
		'Try again in a few minutes. If it happens again, check for a proxy between n8n and Unstructured.',
		true,
	);

/** Why a body could not be used, if it is the fault of the body or the network. */
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
		// Also when nothing was read of it: its connection would stay open.
		stream.destroy();
	}
}

/** Milliseconds until the next attempt; undefined when there is none. */
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
 * Opens a body and passes it to `use`, again from its start when it breaks off or `use` throws an UnreadableBody. Returns
 * what `use` returns. Throws a NodeApiError that says what happened, or a NodeOperationError when `use` failed for a reason
 * of its own.
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
