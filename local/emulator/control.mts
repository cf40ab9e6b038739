import type { FastifyInstance } from 'fastify';
import { HttpError } from './httpError.mjs';
import type { Fault } from './faults.mjs';
import type { Job } from './jobs.mjs';
import type { EmulatorOptions } from './options.mjs';
import type { EmulatorState } from './state.mjs';
import type { Workflow } from './workflows.mjs';

interface JobChange {
	/** From now on, whatever it is. */
	status?: string;
	/** Seconds from now. */
	endsIn?: number;
	outcome?: string;
	/** Position of an uploaded file -> why it failed. */
	failedFiles?: Record<string, string>;
}

interface NewJobs {
	count: number;
	workflowId?: string;
	/** Seconds until the first and the last of them end; the others lie evenly between. */
	endsIn?: { first: number; last: number };
}

/** A job with what only the server knows. */
const told = (state: EmulatorState, job: Job) => ({
	...state.jobs.toJson(job, false),
	files: job.files?.map(({ fileId, fileName, contentType, size, sha256 }) => ({
		fileId,
		fileName,
		contentType,
		size,
		sha256,
	})),
});

function change(
	state: EmulatorState,
	job: Job,
	{ status, endsIn, outcome, failedFiles }: JobChange,
) {
	if (status !== undefined) job.forced = status;
	if (outcome !== undefined) job.outcome = outcome;
	if (endsIn !== undefined) job.endsAt = state.clock.now() + endsIn * 1000;
	for (const [position, error] of Object.entries(failedFiles ?? {})) {
		const file = job.files?.[Number(position)];
		if (file) file.error = error;
	}
}

function createJobs(state: EmulatorState, { count, workflowId, endsIn }: NewJobs): string[] {
	const workflow = workflowId ? state.workflows.get(workflowId) : state.workflows.list()[0];
	if (!workflow) throw new HttpError(404, 'Workflow not found');
	return Array.from({ length: count }, (_, i) => {
		const job = state.jobs.create(workflow, []);
		if (endsIn) {
			const part = count > 1 ? i / (count - 1) : 0;
			job.endsAt = state.clock.now() + (endsIn.first + (endsIn.last - endsIn.first) * part) * 1000;
		}
		return job.id;
	});
}

/** The routes below `/_emulator/`, by which tests script and watch the emulator. See README.md beside this file. */
export function addControl(server: FastifyInstance, state: EmulatorState) {
	server.post<{ Body: Partial<EmulatorOptions> | undefined }>('/_emulator/reset', ({ body }) => {
		state.reset(body ?? {});
		return state.options;
	});
	server.post<{ Body: Partial<EmulatorOptions> }>('/_emulator/options', ({ body }) =>
		Object.assign(state.options, body),
	);
	server.post<{ Body: Fault[] }>('/_emulator/faults', ({ body }) => {
		state.faults.set(body);
		return { faults: body.length };
	});
	server.post<{ Body: { seconds: number } }>('/_emulator/clock', ({ body }) => {
		state.clock.advance(body.seconds);
		return { now: state.clock.now() };
	});
	server.get('/_emulator/requests', () => state.log.list());
	server.delete('/_emulator/requests', () => {
		state.log.clear();
		return {};
	});
	server.get('/_emulator/jobs', () => state.jobs.list().map((job) => told(state, job)));
	server.post<{ Body: NewJobs }>('/_emulator/jobs', ({ body }) => createJobs(state, body));
	server.post<{ Params: { id: string }; Body: JobChange }>(
		'/_emulator/jobs/:id',
		({ params, body }) => {
			const job = state.jobs.get(params.id);
			if (!job) throw new HttpError(404, 'Job not found');
			change(state, job, body);
			return told(state, job);
		},
	);
	server.post<{ Body: { workflows: Array<Partial<Workflow>> } }>(
		'/_emulator/workflows',
		({ body }) => body.workflows.map((given) => state.workflows.create(given)),
	);
}
