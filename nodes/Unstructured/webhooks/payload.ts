import type { Job } from '../api/jobs';

/** What an event itself says of its job, under the names of the job. */
export const jobOfEvent = ({ event, jobId, workflowId, status }: JobEvent): Job => ({
	id: jobId,
	...(workflowId !== undefined && { workflow_id: workflowId }),
	status: status ?? event.replace(/^job\./, '').toUpperCase(),
});

/** What a delivery says of a job. The job itself is to be read again: events come late and out of order. */
export interface JobEvent {
	/** e.g. `job.completed`. */
	event: string;
	jobId: string;
	workflowId?: string;
	status?: string;
}

/** Where the platform may say it; only the fields' names are documented, not their nesting (docs/api-notes.md 8.3). */
const JOB_IDS = [
	'job.job_id',
	'data.job.job_id',
	'data.job_id',
	'payload.job_id',
	'job.id',
	'job_id',
];
const PLACES = ['job', 'data.job', 'data', 'payload', ''];
const EVENTS = ['type', 'event_type'];
const LONGEST_ID = 500;

const within = (name: string) => PLACES.map((place) => (place ? `${place}.${name}` : name));

/** The first of these paths that holds a text. */
function firstText(body: unknown, paths: string[]): string | undefined {
	for (const path of paths) {
		let value = body;
		for (const step of path.split('.')) {
			const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
			value = isObject ? (value as Record<string, unknown>)[step] : undefined;
		}
		const text = typeof value === 'string' ? value.trim() : '';
		if (text && text.length <= LONGEST_ID) return text;
	}
	return undefined;
}

/** Reads the body of a delivery, wherever it has its fields. Undefined when it names no event or no job. */
export function readJobEvent(body: Buffer): JobEvent | undefined {
	let json: unknown;
	try {
		json = JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
	const event = firstText(json, EVENTS);
	const jobId = firstText(json, JOB_IDS);
	if (!event || !jobId) return undefined;
	return {
		event,
		jobId,
		workflowId: firstText(json, within('workflow_id')),
		status: firstText(json, within('status')),
	};
}
