import type { Job } from './job.mjs';

/** On-demand jobs that may run at once; further ones wait for a place (docs/api-notes.md 10.1). */
const PLACES = 5;

/**
 * Gives waiting on-demand jobs their time, in their order: as soon as one of the running ones ends. To be called
 * whenever a job comes, or one's end changes.
 * @param jobs all on-demand jobs that have not ended, oldest first
 * @param now Unix milliseconds
 */
export function assignOnDemandPlaces(jobs: Job[], now: number) {
	const running = jobs.filter(({ startsAt }) => startsAt <= now);
	const ends = running.map(({ endsAt, forced }) => (forced === undefined ? endsAt : Infinity));
	for (const job of jobs.filter(({ startsAt }) => startsAt > now)) {
		ends.sort((a, b) => a - b);
		const free = ends.length < PLACES ? now : ends[ends.length - PLACES];
		job.startsAt = free;
		job.endsAt = job.startsAt + job.takesMs;
		ends.push(job.endsAt);
	}
}
