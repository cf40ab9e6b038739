/** The outcome of a job, as far as a workflow branches on it. */
export type JobOutcome = 'completed' | 'failed' | 'stopped' | 'running';

/** The outputs of a node that splits by status, in this order. */
export const STATUS_OUTPUTS: Array<{ outcome: JobOutcome; name: string }> = [
	{ outcome: 'completed', name: 'Completed' },
	{ outcome: 'failed', name: 'Failed' },
	{ outcome: 'stopped', name: 'Stopped' },
	{ outcome: 'running', name: 'Running' },
];

const FINAL: Record<string, JobOutcome> = {
	COMPLETED: 'completed',
	FAILED: 'failed',
	STOPPED: 'stopped',
};

/** Normalizes a status. The API has changed spellings before: case, and spaces instead of underscores (docs/api-notes.md 5.2). */
const spelled = (status: unknown) =>
	typeof status === 'string'
		? status
				.trim()
				.toUpperCase()
				.replace(/[\s-]+/g, '_')
		: '';

/** Whether two spellings are the same status. */
export const isSameStatus = (one: unknown, other: unknown) => spelled(one) === spelled(other);

/** Returns the outcome. Every status that is not known to be final counts as running. */
export const jobOutcome = (status: unknown): JobOutcome => {
	const key = spelled(status);
	return Object.hasOwn(FINAL, key) ? FINAL[key]! : 'running';
};

/** Whether the job is finished. */
export const isFinal = (status: unknown) => jobOutcome(status) !== 'running';

/** Whether the job keeps its workflow from starting another one. */
export const isActive = (status: unknown) => ['SCHEDULED', 'IN_PROGRESS'].includes(spelled(status));

/** Returns the index of the output for a job. */
export const outputIndex = (status: unknown) =>
	STATUS_OUTPUTS.findIndex(({ outcome }) => outcome === jobOutcome(status));
