import { outputOf } from '../elements/index.mjs';
import { HttpError } from '../wire/httpError.mjs';
import { normalStatus, type Job, type JobFile } from '../platform/job.mjs';
import { createJob } from './createJob.mjs';
import { findJob } from './findJob.mjs';
import { ok, type Call, type Handler } from './handler.mjs';
import { getJobFileStatus } from './jobFileStatus.mjs';
import { getJobDetails, getJobFailedFiles } from './jobDetails.mjs';

const cancelJob: Handler = (call) => {
	const job = findJob(call);
	// Not documented for a finished job (docs/api-notes.md 5.7).
	if (call.state.jobs.isFinal(job)) throw new HttpError(400, 'The job is already finished.');
	call.state.jobs.stop(job);
	// The platform spells it this way.
	const status = 'cancelled';
	return ok({ id: job.id, status, message: `Job successfully ${status}.` });
};

async function downloadable(call: Call): Promise<{ job: Job; file: JobFile }> {
	const { state, query } = call;
	const job = findJob(call);
	if (!state.jobs.isFinal(job)) {
		throw new HttpError(state.options.downloadBeforeEnd, 'The job is not finished yet.');
	}
	if (job.delivered) {
		throw new HttpError(404, 'The results of this job are at its destination connector.');
	}
	if (state.jobs.state(job) !== 'COMPLETED') {
		throw new HttpError(404, 'The job has no results.');
	}
	const file = job.files?.find(({ fileId }) => fileId === query.file_id);
	if (!file || (await state.jobs.failure(file)) !== null) {
		throw new HttpError(404, `File ${String(query.file_id)} not found`);
	}
	const nodeId = query.node_id as string | undefined;
	if (nodeId && !job.nodes.some(({ id }) => id === nodeId)) {
		throw new HttpError(404, `Node ${nodeId} not found`);
	}
	return { job, file };
}

export const jobHandlers: Record<string, Handler> = {
	listJobs: ({ state, query }) => {
		const jobs = state.jobs
			.list()
			.filter(
				(job) =>
					(!query.workflow_id || job.workflowId === query.workflow_id) &&
					(!query.status || state.jobs.state(job) === normalStatus(query.status as string)),
			);
		return ok(jobs.map((job) => state.jobs.toJson(job)));
	},
	createJob,
	getJob: (call) => ok(call.state.jobs.toJson(findJob(call))),
	getJobDetails,
	getJobFileStatus,
	getJobFailedFiles,
	cancelJob,
	downloadJobOutput: async (call) => {
		const { job, file } = await downloadable(call);
		const last = job.nodes.at(-1)?.id;
		const nodeId = typeof call.query.node_id === 'string' ? call.query.node_id : last;
		const upTo = job.nodes.findIndex(({ id }) => id === nodeId) + 1;
		return ok(await outputOf(file, job.nodes.slice(0, upTo), call.state.options.extractedShape));
	},
};
