import { createdAt, type Job } from '../../api/jobs';

/** A response, and the moments between which the server wrote its `Date` header, in Unix milliseconds of this machine. */
interface DatedAnswer {
	headers: Record<string, unknown>;
	sentAt: number;
	receivedAt: number;
}

/** The bounds of a moment by the server's clock, in Unix milliseconds. */
export interface Moment {
	earliest: number;
	latest: number;
}

/** The `Date` header has whole seconds (RFC 9110, 5.6.7). */
const DATE_PRECISION_MS = 1_000;
/** Two responses that contradict each other by more than this were dated by different clocks. */
const MOST_CONTRADICTION_MS = 1_000;

/**
 * Measures how far the server's clock is ahead of this machine's. The `Date` header of one response gives it to about a second,
 * and several responses to the duration of one request.
 */
export class ServerClock {
	private least = -Infinity;

	private most = Infinity;

	observe({ headers, sentAt, receivedAt }: DatedAnswer) {
		const date = Date.parse(String(headers.date ?? ''));
		// A cache sends the date at which it stored the response (RFC 9111, 5.1).
		if (Number.isNaN(date) || headers.age !== undefined) return;
		// The moments are whole milliseconds, rounded down.
		this.least = Math.max(this.least, date - receivedAt - 1);
		this.most = Math.min(this.most, date + DATE_PRECISION_MS - sentAt);
	}

	/** Returns the server's time at a moment of this machine's clock, or undefined if it is not known. */
	at(here: number): Moment | undefined {
		const { least, most } = this;
		if (!Number.isFinite(least) || least - most > MOST_CONTRADICTION_MS) return undefined;
		return { earliest: here + Math.min(least, most), latest: here + 1 + Math.max(least, most) };
	}

	/** Milliseconds after which a response tells most: its `Date` header then halves the uncertainty. */
	bestPause(now: number): number {
		const middle = now + (this.least + this.most) / 2;
		return Math.ceil(middle / DATE_PRECISION_MS) * DATE_PRECISION_MS - middle;
	}
}

/** Returns when a job was created by the server's clock, as precisely as its `created_at` tells. */
export function creation(job: Job): Moment | undefined {
	const earliest = createdAt(job);
	if (Number.isNaN(earliest)) return undefined;
	const [, decimals = ''] = /[:\d]\.(\d+)/.exec(String(job.created_at)) ?? [];
	return { earliest, latest: earliest + Math.max(1, 1_000 / 10 ** decimals.length) };
}
