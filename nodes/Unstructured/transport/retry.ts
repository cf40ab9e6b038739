/** The parts of an HTTP attempt that decide whether to retry it. */
export interface Attempt {
	/** The number of attempts so far, including this one. */
	number: number;
	/** Milliseconds since the first attempt started. */
	elapsedMs: number;
	/** Whether a second attempt has no further effect on the server: every GET, PUT, and DELETE, and canceling a job. */
	repeatable: boolean;
	/** The status of the response. Undefined without one. */
	statusCode?: number;
	/** Whether no byte of the request left this machine: connection refused, or host unknown or unreachable. */
	neverSent?: boolean;
	/** The `Retry-After` header, seconds or an HTTP date (RFC 9110, 10.2.3). */
	retryAfter?: string;
}

export interface RetryLimits {
	attempts: number;
	/** Milliseconds, including the time between attempts. */
	totalMs: number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/**
 * Returns how long `Retry-After` asks to wait, in milliseconds. Undefined if it is absent or invalid.
 * @param now Unix milliseconds
 */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
	const text = value?.trim() ?? '';
	if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
	// Date.parse alone would accept "-5" or "1.5" as a year or a month.
	if (!/^[a-z]{3,9},? /i.test(text)) return undefined;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function mayBeRepeated({ repeatable, statusCode, neverSent }: Attempt) {
	if (neverSent || statusCode === 429) return true;
	return repeatable && (statusCode === undefined || statusCode >= 500);
}

/**
 * Returns after how many milliseconds to retry: exponential backoff with equal jitter, or what the server asks for. Undefined
 * if the request must not be retried. A request that starts a job or creates a record (`repeatable: false`) is retried only
 * after a 429, or if nothing of it was sent: the API has no idempotency key (docs/api-notes.md 2.4).
 * @param random a number in [0, 1)
 * @param now Unix milliseconds
 */
export function retryDelayMs(
	attempt: Attempt,
	limits: RetryLimits,
	random: number,
	now: number,
): number | undefined {
	if (!mayBeRepeated(attempt) || attempt.number >= limits.attempts) return undefined;
	const backOff = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt.number - 1));
	const jittered = backOff / 2 + (backOff / 2) * random;
	const delay = Math.max(jittered, retryAfterMs(attempt.retryAfter, now) ?? 0);
	return attempt.elapsedMs + delay > limits.totalMs ? undefined : delay;
}
