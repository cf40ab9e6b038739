import type { Job } from './job.mjs';

/** The events for channels (docs/api-notes.md 8.2). */
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

/** Converts `job.completed` to `COMPLETED`. Progress of a job is IN_PROGRESS. */
export const statusOf = (event: string) =>
	event === 'job.progress' ? 'IN_PROGRESS' : event.replace(/^job\./, '').toUpperCase();

const END_STATES = ['COMPLETED', 'FAILED', 'STOPPED'];

export const isEnd = (state: string) => END_STATES.includes(state);

/**
 * Returns the states of a job since the last call, in order, including those that the clock skipped. A state without an event
 * is omitted.
 * @param state the current state
 */
export function passedEvents(job: Job, state: string): string[] {
	if (job.announced === state) return [];
	const states = job.announced === undefined ? ['SCHEDULED'] : [];
	// A job that was not canceled was in progress before it finished.
	const ran = isEnd(state) && job.forced === undefined;
	if (ran && (job.announced ?? 'SCHEDULED') === 'SCHEDULED') states.push('IN_PROGRESS');
	if (!states.includes(state)) states.push(state);
	return states.map((one) => `job.${one.toLowerCase()}`).filter((event) => EVENTS.includes(event));
}

/** Returns the body of a delivery. Its nesting is not documented (docs/api-notes.md 8.3). */
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
