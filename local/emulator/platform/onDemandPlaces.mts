import type { Job } from './job.mjs';

/** The most on-demand jobs that run at the same time. Further ones wait for a place (docs/api-notes.md 10.1). */
const PLACES = 5;

/**
 * Schedules waiting on-demand jobs in their order: each starts as soon as a running one is finished. Must be called whenever a
 * job is added, or its end changes.
 * @param jobs all unfinished on-demand jobs, oldest first
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
