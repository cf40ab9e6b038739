import type { FastifyInstance } from 'fastify';
import type { Fault } from '../faults/plan.mjs';
import { DEFAULT_OPTIONS, type EmulatorOptions } from '../platform/options.mjs';
import type { PlannedOutcome } from '../platform/outcomes.mjs';
import type { EmulatorState } from '../platform/state.mjs';
import { sendDeliveries, type NewDeliveries } from './deliveries.mjs';
import { changeJob, createJobs, told, type JobChange, type NewJobs } from './jobs.mjs';
import { checkFaults } from './faults.mjs';
import { checkKeys, checkList, keysOf } from './keys.mjs';
import { createWorkflows, type NewWorkflows } from './workflows.mjs';

const OUTCOME_KEYS = keysOf<Required<PlannedOutcome>>({
	workflowId: true,
	outcome: true,
	failedFiles: true,
	times: true,
});

function addSettings(server: FastifyInstance, state: EmulatorState) {
	server.post<{ Body: Partial<EmulatorOptions> | undefined }>(
		'/_emulator/reset',
		async ({ body = {} }) => {
			checkKeys(body, Object.keys(DEFAULT_OPTIONS));
			await state.reset(body);
			return state.options;
		},
	);
	server.post<{ Body: Partial<EmulatorOptions> }>('/_emulator/options', ({ body }) => {
		checkKeys(body, Object.keys(DEFAULT_OPTIONS));
		return Object.assign(state.options, body);
	});
	server.post<{ Body: Fault[] }>('/_emulator/faults', ({ body }) => {
		checkFaults(body);
		state.faults.set(body);
		return { faults: body.length };
	});
	server.post<{ Body: PlannedOutcome[] }>('/_emulator/outcomes', ({ body }) => {
		checkList(body, OUTCOME_KEYS);
		state.outcomes.set(body);
		return { outcomes: body.length };
	});
	server.post<{ Body: { seconds: number } }>('/_emulator/clock', ({ body }) => {
		checkKeys(body, ['seconds']);
		state.clock.advance(body.seconds);
		state.tick();
		return { now: state.clock.now() };
	});
}

function addThings(server: FastifyInstance, state: EmulatorState) {
	server.get('/_emulator/requests', () => state.log.list());
	server.delete('/_emulator/requests', () => {
		state.log.clear();
		return {};
	});
	server.get('/_emulator/jobs', () => state.jobs.list().map((job) => told(state, job)));
	server.post<{ Body: NewJobs }>('/_emulator/jobs', ({ body }) => createJobs(state, body));
	server.post<{ Params: { id: string }; Body: JobChange }>(
		'/_emulator/jobs/:id',
		({ params, body }) => changeJob(state, params.id, body),
	);
	server.get('/_emulator/channels', () => state.channels.list());
	server.get('/_emulator/deliveries', () => state.deliveries.list());
	server.post<{ Body: NewDeliveries }>('/_emulator/deliveries', ({ body }) =>
		sendDeliveries(state, body),
	);
	server.post<{ Body: NewWorkflows }>('/_emulator/workflows', ({ body }) =>
		createWorkflows(state, body),
	);
}

/** The routes below `/_emulator/`, with which tests control and observe the emulator. See docs/emulator.md. */
export function addControl(server: FastifyInstance, state: EmulatorState) {
	addSettings(server, state);
	addThings(server, state);
}
