import type { Job } from '../api/jobs';
import { isRecord } from '../transport/json';

/** The data of a delivery about a job. Read the job itself again: events arrive late and out of order. */
export interface JobEvent {
	/** For example, `job.completed`. */
	event: string;
	jobId: string;
	workflowId?: string;
	status?: string;
}

/** The objects that may contain the fields of the job. The names are documented, the nesting is not (docs/api-notes.md 8.3). */
const PLACES = ['job', 'data.job', 'payload.job', 'data', 'payload', ''];
/** The objects whose `id` is the ID of the job. Elsewhere it is another ID. */
const ID_PLACES = ['job', 'data.job', 'payload.job', 'data'];
const EVENT_PLACES = ['', 'data', 'payload'];
const EVENT_NAMES = ['type', 'event_type', 'event'];
const LONGEST_ID = 500;

const LONGEST_KEY = 50;
const MOST_KEYS = 40;
const DEEPEST = 3;

const within = (places: string[], name: string) =>
	places.map((place) => (place ? `${place}.${name}` : name));

/** Returns the texts at these paths, in this order. */
function texts(body: unknown, paths: string[]): string[] {
	return paths.flatMap((path) => {
		let value = body;
		for (const step of path.split('.')) {
			value = isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
		}
		const text = typeof value === 'string' ? value.trim() : '';
		return text && text.length <= LONGEST_ID ? [text] : [];
	});
}

function eventOf(body: unknown) {
	const names = EVENT_PLACES.flatMap((place) =>
		texts(
			body,
			EVENT_NAMES.flatMap((name) => within([place], name)),
		),
	);
	return names.find((name) => name.startsWith('job.')) ?? names[0];
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
}

/** Returns the name of the event, even if it is not about a job. */
export const readEventName = (body: Buffer): string | undefined => eventOf(parse(body));

/** Reads the body of a delivery, wherever its fields are. Returns undefined if it names no event or no job. */
export function readJobEvent(body: Buffer): JobEvent | undefined {
	const json = parse(body);
	const event = eventOf(json);
	const [jobId] = texts(json, [...within(PLACES, 'job_id'), ...within(ID_PLACES, 'id')]);
	if (!event || !jobId) return undefined;
	return {
		event,
		jobId,
		workflowId: texts(json, within(PLACES, 'workflow_id'))[0],
		status: texts(json, within(PLACES, 'status'))[0],
	};
}

/** Makes a key safe for a log: one line, and short. */
const shown = (key: string) => key.replace(/[^\w.:@$-]/g, '?').slice(0, LONGEST_KEY);

function keyPaths(value: unknown, depth: number): string[] {
	if (!isRecord(value)) return [];
	return Object.entries(value)
		.slice(0, MOST_KEYS)
		.flatMap(([key, inner]) => {
			const paths = depth < DEEPEST ? keyPaths(inner, depth + 1) : [];
			return [shown(key), ...paths.map((path) => `${shown(key)}.${path}`)];
		});
}

/** Lists the keys of a delivery's body for the log, and no values: `type, data, data.id`. */
export function describeKeys(body: Buffer): string {
	const json = parse(body);
	if (json === undefined) return 'none, because it is not JSON';
	return keyPaths(json, 1).slice(0, MOST_KEYS).join(', ') || 'none';
}

/** Returns the job as an event describes it, with the property names of a job. */
export const jobOfEvent = ({ event, jobId, workflowId, status }: JobEvent): Job => ({
	id: jobId,
	...(workflowId !== undefined && { workflow_id: workflowId }),
	status: status ?? event.replace(/^job\./, '').toUpperCase(),
});
