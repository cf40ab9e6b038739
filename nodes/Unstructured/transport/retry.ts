/** What came of one HTTP exchange, as far as repeating it goes. */
export interface Attempt {
	/** How many exchanges were tried so far, this one included. */
	number: number;
	/** Milliseconds since the first one began. */
	elapsedMs: number;
	/** True when a second exchange can change nothing on the server: every GET, PUT and DELETE, and a cancel. */
	repeatable: boolean;
	/** The answer's status; undefined when there was none. */
	statusCode?: number;
	/** No byte of the request left this machine: refused, unknown host, unreachable. */
	neverSent?: boolean;
	/** The `Retry-After` header, seconds or an HTTP date (RFC 9110, 10.2.3). */
	retryAfter?: string;
}

export interface RetryLimits {
	attempts: number;
	/** Milliseconds, waiting included. */
	totalMs: number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

/**
 * How long `Retry-After` asks to wait, in milliseconds; undefined when it's absent or makes no sense.
 * @param now Unix milliseconds
 */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
	const text = value?.trim() ?? '';
	if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
	// Date.parse alone would take "-5" or "1.5" for a year or a month.
	if (!/^[a-z]{3,9},? /i.test(text)) return undefined;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function mayBeRepeated({ repeatable, statusCode, neverSent }: Attempt) {
	if (neverSent || statusCode === 429) return true;
	return repeatable && (statusCode === undefined || statusCode >= 500);
}

/**
 * Whether to try again, and after how many milliseconds: exponential back-off with equal jitter, or what the
 * server asks for. Undefined means: give up. A request that starts a job or makes a record (`repeatable: false`) is tried again
 * only after 429, or when nothing of it was sent; there is no idempotency key (docs/api-notes.md 2.4).
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
