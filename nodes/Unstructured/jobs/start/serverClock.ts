import { createdAt, type Job } from '../../api/jobs';

/** An answer with the moments, in Unix milliseconds of this machine, between which the server wrote its `Date` header. */
interface DatedAnswer {
	headers: Record<string, unknown>;
	sentAt: number;
	receivedAt: number;
}

/** A moment by the server's clock, in Unix milliseconds: not earlier and not later than these. */
export interface Moment {
	earliest: number;
	latest: number;
}

/** The `Date` header has whole seconds (RFC 9110, 5.6.7). */
const DATE_PRECISION_MS = 1_000;
/** Two answers that contradict each other by more than this were dated by different clocks. */
const MOST_CONTRADICTION_MS = 1_000;

/**
 * How far the server's clock is ahead of this machine's. Each answer narrows it: by its `Date` header to about a second, and
 * several answers together to the time that one answer takes.
 */
export class ServerClock {
	private least = -Infinity;

	private most = Infinity;

	observe({ headers, sentAt, receivedAt }: DatedAnswer) {
		const date = Date.parse(String(headers.date ?? ''));
		// A cache gives an answer with the date at which it was stored (RFC 9111, 5.1).
		if (Number.isNaN(date) || headers.age !== undefined) return;
		// The moments are whole milliseconds, rounded down.
		this.least = Math.max(this.least, date - receivedAt - 1);
		this.most = Math.min(this.most, date + DATE_PRECISION_MS - sentAt);
	}

	/** What the server's clock showed at a moment of this machine's clock; undefined when it is not known. */
	at(here: number): Moment | undefined {
		const { least, most } = this;
		if (!Number.isFinite(least) || least - most > MOST_CONTRADICTION_MS) return undefined;
		return { earliest: here + Math.min(least, most), latest: here + 1 + Math.max(least, most) };
	}

	/** Milliseconds after which an answer would tell most: its `Date` header then halves what is not known. */
	bestPause(now: number): number {
		const middle = now + (this.least + this.most) / 2;
		return Math.ceil(middle / DATE_PRECISION_MS) * DATE_PRECISION_MS - middle;
	}
}

/** When a job was created by the server's clock, at the precision of its `created_at`: whole seconds, or less. */
export function creation(job: Job): Moment | undefined {
	const earliest = createdAt(job);
	if (Number.isNaN(earliest)) return undefined;
	const [, decimals = ''] = /[:\d]\.(\d+)/.exec(String(job.created_at)) ?? [];
	return { earliest, latest: earliest + Math.max(1, 1_000 / 10 ** decimals.length) };
}
