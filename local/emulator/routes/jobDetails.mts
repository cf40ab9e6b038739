import type { Job } from '../platform/job.mjs';
import type { EmulatorState } from '../platform/state.mjs';
import { findJob } from './findJob.mjs';
import { ok, type Handler } from './handler.mjs';

/** Returns the status in the details of a job (docs/api-notes.md 5.4). */
function processingStatus({ jobs }: EmulatorState, job: Job, failed: number): string {
	if (jobs.state(job) !== 'COMPLETED') return jobs.status(job);
	return failed > 0 ? 'COMPLETED_WITH_ERRORS' : 'SUCCESS';
}

export const getJobDetails: Handler = async (call) => {
	const job = findJob(call);
	const { jobs } = call.state;
	const state = jobs.state(job);
	const files = job.files?.length ?? 0;
	const failure = (await jobs.failedFiles(job)).length;
	return ok({
		id: job.id,
		processing_status: processingStatus(call.state, job, failure),
		message: null,
		node_stats: job.nodes.map(({ name, type, subtype }) => ({
			node_name: name,
			node_type: type,
			node_subtype: subtype,
			ready: state === 'SCHEDULED' ? files : 0,
			in_progress: state === 'IN_PROGRESS' ? files : 0,
			success: state === 'COMPLETED' ? files - failure : 0,
			failure,
		})),
		summary: {
			total_docs: files,
			total_docs_succeeded: state === 'COMPLETED' ? files - failure : 0,
			total_docs_failed: failure,
		},
	});
};

export const getJobFailedFiles: Handler = async (call) => {
	const failed = await call.state.jobs.failedFiles(findJob(call));
	return ok({ failed_files: failed.map(({ fileId, error }) => ({ document: fileId, error })) });
};
