import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { isAnswer } from './answer';
import { UNREADABLE, watch, type BodyStream } from './body';
import { cancelSignal, pause, throwIfCancelled } from './cancel';
import { connect } from './connection';
import type { Subject } from './errors';
import { open, readAnswer, type OpenAnswer } from './exchange';
import { describeRejection } from './rejection';
import { retryDelayMs, type RetryLimits } from './retry';
import { outcomeError } from './send';

const LIMITS: RetryLimits = { attempts: 5, totalMs: 300_000 };
const HEAD_TIMEOUT_MS = 60_000;
/** A body may take as long as it likes, as long as 16 kB a minute arrive. */
const IDLE_MS = 60_000;

/** Codes of n8n's storage, where trying again does not help. */
const STORAGE = /^(ENOSPC|EDQUOT|EACCES|EPERM|EROFS|ENOENT|EISDIR|EMFILE)$/;

/** What went wrong while a body was read, if reading it again may help; anything else is not the network's fault. */
function brokenBody(error: unknown) {
	const rejection = describeRejection(error);
	const isNetwork = rejection.code !== '' && !STORAGE.test(rejection.code);
	if (error instanceof SyntaxError) return { ...rejection, code: UNREADABLE };
	return isNetwork ? rejection : undefined;
}

/** A 2xx with a page is a proxy's or a login's: stored unparsed, it would pass for the output. */
const isGood = ({ statusCode, headers }: OpenAnswer) =>
	statusCode >= 200 && statusCode < 300 && !/html/i.test(String(headers['content-type'] ?? ''));

interface DownloadOptions {
	qs: IDataObject;
	subject: Subject;
	/** Further statuses to try again after, e.g. 404 right after a job's end. */
	retryStatus?: number;
}

/**
 * Opens a body and gives it to `use`, again from its start when it breaks off. Gives what `use` gives. Throws a
 * NodeApiError that says what happened, or a NodeOperationError when `use` failed for a reason of its own.
 */
export async function download<Result>(
	ctx: IExecuteFunctions,
	path: string,
	{ qs, subject, retryStatus }: DownloadOptions,
	use: (body: BodyStream) => Promise<Result>,
): Promise<Result> {
	const connection = await connect(ctx);
	const started = Date.now();
	for (let number = 1; ; number++) {
		throwIfCancelled(ctx);
		const request = { method: 'GET' as const, path, qs, timeoutMs: HEAD_TIMEOUT_MS };
		const opened = await open(ctx, connection.baseUrl, request);
		let outcome;
		if ('body' in opened && isGood(opened)) {
			void watch(opened.body, { idleMs: IDLE_MS, signal: cancelSignal(ctx) });
			try {
				return await use(opened.body);
			} catch (error) {
				throwIfCancelled(ctx);
				outcome = brokenBody(error);
				if (!outcome) throw new NodeOperationError(ctx.getNode(), error as Error);
			}
		} else {
			outcome = 'body' in opened ? await readAnswer(ctx, connection, opened) : opened;
		}
		throwIfCancelled(ctx);
		const statusCode = isAnswer(outcome) ? outcome.statusCode : undefined;
		const attempt = {
			number,
			elapsedMs: Date.now() - started,
			repeatable: true,
			statusCode: statusCode === retryStatus || statusCode === 200 ? undefined : statusCode,
			retryAfter: isAnswer(outcome) ? String(outcome.headers['retry-after'] ?? '') : undefined,
		};
		const delay = retryDelayMs(attempt, LIMITS, Math.random(), Date.now());
		if (delay === undefined) throw outcomeError(ctx, connection, outcome, subject);
		await pause(ctx, delay);
	}
}
