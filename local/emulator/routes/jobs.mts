import { randomUUID } from 'node:crypto';
import { elementsOf } from '../elements/index.mjs';
import { HttpError } from '../httpError.mjs';
import { receiveForm } from '../intake.mjs';
import type { Job, JobFile } from '../jobs.mjs';
import type { EmulatorState } from '../state.mjs';
import { TEMPLATES } from '../templates.mjs';
import type { WorkflowNode } from '../workflows.mjs';
import { ok, type Call, type Handler } from './handler.mjs';

function findJob({ state, params }: Call): Job {
	const job = state.jobs.get(params.job_id);
	if (!job) throw new HttpError(404, 'Job not found');
	return job;
}

const failedFiles = (job: Job) => (job.files ?? []).filter(({ error }) => error !== undefined);

/** How the status of a job reads in its details (unstructured-api.md 6.4). */
function processingStatus(state: EmulatorState, job: Job): string {
	const status = state.jobs.status(job);
	if (status !== 'COMPLETED') return status;
	return failedFiles(job).length > 0 ? 'COMPLETED_WITH_ERRORS' : 'SUCCESS';
}

const getJobDetails: Handler = (call) => {
	const job = findJob(call);
	const status = call.state.jobs.status(job);
	const files = job.files?.length ?? 0;
	const failure = failedFiles(job).length;
	return ok({
		id: job.id,
		processing_status: processingStatus(call.state, job),
		message: null,
		node_stats: job.nodes.map(({ name, type, subtype }) => ({
			node_name: name,
			node_type: type,
			node_subtype: subtype,
			ready: status === 'SCHEDULED' ? files : 0,
			in_progress: status === 'IN_PROGRESS' ? files : 0,
			success: status === 'COMPLETED' ? files - failure : 0,
			failure: status === 'COMPLETED' ? failure : 0,
		})),
	});
};

const cancelJob: Handler = (call) => {
	const job = findJob(call);
	// Not documented for a job that has ended (unstructured-api.md 6.6).
	if (call.state.jobs.isFinal(job)) throw new HttpError(400, 'The job has already ended.');
	call.state.jobs.stop(job);
	return ok({ id: job.id, status: 'cancelled', message: 'Job successfully cancelled.' });
};

function requestedNodes(text: string | undefined): { nodes: WorkflowNode[]; template?: string } {
	if (text === undefined) {
		throw new HttpError(422, [
			{ type: 'missing', loc: ['body', 'request_data'], msg: 'Field required', input: null },
		]);
	}
	let data: { template_id?: string; job_nodes?: WorkflowNode[] };
	try {
		data = JSON.parse(text) as typeof data;
	} catch {
		throw new HttpError(422, 'request_data is not valid JSON');
	}
	if (!data.template_id === !data.job_nodes) {
		throw new HttpError(422, 'request_data needs either template_id or job_nodes');
	}
	if (data.job_nodes) return { nodes: data.job_nodes };
	const template = TEMPLATES.find(({ id }) => id === data.template_id);
	if (!template) throw new HttpError(404, `Template ${data.template_id} not found`);
	return { nodes: template.nodes, template: template.id };
}

const createJob: Handler = async ({ state, request }) => {
	const form = request.isMultipart()
		? await receiveForm(request, state.folder)
		: { files: [], fields: {} };
	state.log.addForm(request, form);
	const { nodes } = requestedNodes(form.fields.request_data);
	const now = state.clock.now();
	if (now - state.lastLaunch < state.options.launchSpacing * 1000) {
		throw new HttpError(429, 'Rate limit exceeded: one job per second.');
	}
	state.lastLaunch = now;
	// The workflow lives only as long as its job; it is never in the list.
	const id = randomUUID();
	const workflow = {
		...state.workflows.list()[0],
		id,
		name: `Job ${id.slice(0, 8)}`,
		workflow_nodes: nodes,
	};
	return ok(state.jobs.toJson(state.jobs.create(workflow, form.files, true), false));
};

function downloadable(call: Call): { job: Job; file: JobFile } {
	const { state, query } = call;
	const job = findJob(call);
	if (!state.jobs.isFinal(job)) {
		throw new HttpError(state.options.downloadBeforeEnd, 'The job has not ended yet.');
	}
	const file = job.files?.find(({ fileId }) => fileId === query.file_id);
	if (!file || file.error !== undefined) {
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
					(!query.status || state.jobs.status(job) === query.status),
			);
		return ok(jobs.map((job) => state.jobs.toJson(job)));
	},
	createJob,
	getJob: (call) => ok(call.state.jobs.toJson(findJob(call))),
	getJobDetails,
	getJobFailedFiles: (call) =>
		ok({
			failed_files: failedFiles(findJob(call)).map(({ fileId, error }) => ({
				document: fileId,
				error,
			})),
		}),
	cancelJob,
	downloadJobOutput: async (call) => {
		const { job, file } = downloadable(call);
		const last = job.nodes.at(-1)?.id;
		const nodeId = typeof call.query.node_id === 'string' ? call.query.node_id : last;
		const upTo = job.nodes.findIndex(({ id }) => id === nodeId) + 1;
		return ok(await elementsOf(file, job.nodes.slice(0, upTo)));
	},
};
