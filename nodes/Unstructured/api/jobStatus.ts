/** What became of a job, as far as a workflow branches on it. */
export type JobOutcome = 'completed' | 'failed' | 'stopped' | 'running';

/** The outputs of a node that splits by status, in order. */
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

/** The API has changed spellings before: case, and blanks for underscores (docs/api-notes.md 5.2). */
const spelled = (status: unknown) =>
	typeof status === 'string'
		? status
				.trim()
				.toUpperCase()
				.replace(/[\s-]+/g, '_')
		: '';

/** Two spellings of one status. */
export const isSameStatus = (one: unknown, other: unknown) => spelled(one) === spelled(other);

/** Every status that is not known to be final counts as running. */
export const jobOutcome = (status: unknown): JobOutcome => {
	const key = spelled(status);
	return Object.hasOwn(FINAL, key) ? FINAL[key]! : 'running';
};

/** The job will not change any more. */
export const isFinal = (status: unknown) => jobOutcome(status) !== 'running';

/** The job keeps its workflow from starting another one. */
export const isActive = (status: unknown) => ['SCHEDULED', 'IN_PROGRESS'].includes(spelled(status));

/** Which output a job leaves by. */
export const outputIndex = (status: unknown) =>
	STATUS_OUTPUTS.findIndex(({ outcome }) => outcome === jobOutcome(status));
