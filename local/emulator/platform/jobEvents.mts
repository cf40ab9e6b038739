import type { Job } from './job.mjs';

/** What channels can be told (docs/api-notes.md 8.2). */
export const EVENTS = [
	'job.scheduled',
	'job.in_progress',
	'job.progress',
	'job.completed',
	'job.stopped',
	'job.failed',
];

export interface JobEvent {
	/** One of EVENTS. */
	event: string;
	job: Job;
}

/** `job.completed` -> `COMPLETED`. A job that makes progress is IN_PROGRESS. */
export const statusOf = (event: string) =>
	event.replace(/^job\.(progress$)?/, (_, progress) => (progress ? 'in_' : '')).toUpperCase();

const END_STATES = ['COMPLETED', 'FAILED', 'STOPPED'];

export const isEnd = (state: string) => END_STATES.includes(state);

/**
 * What a job has come to since it was looked at last, in order: also what lies between when the clock went far ahead.
 * Of a state that has no event there is none.
 * @param state its state now
 */
export function passedEvents(job: Job, state: string): string[] {
	if (job.announced === state) return [];
	const states = job.announced === undefined ? ['SCHEDULED'] : [];
	// A job that came to its end by itself was in progress before.
	const ran = isEnd(state) && job.forced === undefined;
	if (ran && (job.announced ?? 'SCHEDULED') === 'SCHEDULED') states.push('IN_PROGRESS');
	if (!states.includes(state)) states.push(state);
	return states.map((one) => `job.${one.toLowerCase()}`).filter((event) => EVENTS.includes(event));
}

/** The body of a delivery; its nesting is not documented (docs/api-notes.md 8.3). */
export const deliveryBody = ({ event, job }: JobEvent, timestamp: string): string =>
	JSON.stringify({
		type: event,
		timestamp,
		job: {
			job_id: job.id,
			workflow_id: job.workflowId,
			status: statusOf(event),
			...(isEnd(statusOf(event)) && {
				processing_time_ms: Math.max(0, Math.round(job.endsAt - job.startsAt)),
			}),
		},
	});
