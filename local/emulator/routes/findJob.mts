import { HttpError } from '../wire/httpError.mjs';
import type { Job } from '../platform/job.mjs';
import type { Call } from './handler.mjs';

/** Returns the job in the path. */
export function findJob({ state, params }: Call): Job {
	const job = state.jobs.get(params.job_id);
	if (!job) throw new HttpError(404, 'Job not found');
	return job;
}
