import type { Job } from '../platform/job.mjs';
import type { EmulatorState } from '../platform/state.mjs';
import { HttpError } from '../wire/httpError.mjs';
import { findJob } from './findJob.mjs';
import { ok, type Handler } from './handler.mjs';

const MINUTE_MS = 60_000;

/** The calls for each job in the last minute, in Unix milliseconds of the emulator's clock. */
const calls = new WeakMap<Job, number[]>();

function limitRate({ clock, options }: EmulatorState, job: Job) {
	const recent = (calls.get(job) ?? []).filter((at) => at > clock.now() - MINUTE_MS);
	if (recent.length >= options.fileStatusPerMinute) {
		throw new HttpError(
			429,
			`Rate limit exceeded: ${options.fileStatusPerMinute} per minute for one job.`,
		);
	}
	calls.set(job, [...recent, clock.now()]);
}

/** Returns the status of a file according to the state of its job. */
function statusOf(state: string, hasFailed: boolean): string {
	if (hasFailed) return 'FAILURE';
	if (state === 'COMPLETED') return 'SUCCESS';
	return state === 'IN_PROGRESS' ? 'IN_PROGRESS' : 'READY';
}

/** Returns the status of each file of a job (docs/api-notes.md 5.6). */
export const getJobFileStatus: Handler = async (call) => {
	const { jobs, clock } = call.state;
	const job = findJob(call);
	limitRate(call.state, job);
	const state = jobs.state(job);
	const failed = await jobs.failedFiles(job);
	const until = Math.min(clock.now(), job.endsAt);
	const elapsed = Math.max(0, until - job.startsAt) / 1000;
	const [first] = job.nodes;
	return ok({
		files: (job.files ?? []).map(({ fileId }) => {
			const failure = failed.find((file) => file.fileId === fileId);
			const status = statusOf(state, failure !== undefined);
			const node = status === 'READY' ? first : job.nodes.at(-1);
			const started = status !== 'READY';
			return {
				record_id: fileId,
				document: fileId,
				status,
				error: failure?.error ?? null,
				time_elapsed: started ? elapsed : null,
				current_node: node && {
					id: node.id,
					status,
					tries: started ? 1 : 0,
					time_elapsed: started ? elapsed : null,
				},
				discovered_by_node_id: null,
			};
		}),
		truncated: false,
		index_finished: state !== 'SCHEDULED',
		generated_at: new Date(clock.now()).toISOString(),
	});
};
