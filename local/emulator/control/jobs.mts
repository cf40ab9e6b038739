import { HttpError } from '../wire/httpError.mjs';
import type { Job } from '../platform/job.mjs';
import type { EmulatorState } from '../platform/state.mjs';
import { checkKeys, keysOf } from './keys.mjs';

export interface JobChange {
	/** The status from now on, whatever it is. */
	status?: string;
	/** Seconds from now. */
	endsIn?: number;
	outcome?: string;
	/** Why files failed, by the position of the uploaded file. */
	failedFiles?: Record<string, string>;
}

export interface NewJobs {
	count: number;
	workflowId?: string;
	/** Seconds until the first and the last of them are finished. The others are spread evenly. */
	endsIn?: { first: number; last: number };
}

const CHANGE_KEYS = keysOf<Required<JobChange>>({
	status: true,
	endsIn: true,
	outcome: true,
	failedFiles: true,
});

const NEW_KEYS = keysOf<Required<NewJobs>>({ count: true, workflowId: true, endsIn: true });

/** A job with the data that only the server knows. */
export const told = (state: EmulatorState, job: Job) => ({
	...state.jobs.toJson(job, false),
	files: job.files?.map(({ fileId, fileName, contentType, size, sha256 }) => ({
		fileId,
		fileName,
		contentType,
		size,
		sha256,
	})),
});

/** Changes a job. @throws HttpError 404 for an unknown job, 400 for an unknown key or file */
export function changeJob(state: EmulatorState, id: string, body: JobChange) {
	checkKeys(body, CHANGE_KEYS);
	const job = state.jobs.get(id);
	if (!job) throw new HttpError(404, 'Job not found');
	for (const [position, error] of Object.entries(body.failedFiles ?? {})) {
		const file = job.files?.[Number(position)];
		if (!file) throw new HttpError(400, `The job has no file at position ${position}`);
		file.error = error;
	}
	// Send the events of the state so far first.
	state.tick();
	state.jobs.change(job, body);
	state.tick();
	return told(state, job);
}

/** Adds jobs without files, as if another client had started them. */
export function createJobs(state: EmulatorState, body: NewJobs): string[] {
	checkKeys(body, NEW_KEYS);
	const { count, workflowId, endsIn } = body;
	const workflow = workflowId ? state.workflows.get(workflowId) : state.workflows.list()[0];
	if (!workflow) throw new HttpError(404, 'Workflow not found');
	return Array.from({ length: count }, (_, i) => {
		const job = state.jobs.create(workflow, []);
		if (endsIn) {
			const part = count > 1 ? i / (count - 1) : 0;
			state.jobs.change(job, { endsIn: endsIn.first + (endsIn.last - endsIn.first) * part });
		}
		return job.id;
	});
}
