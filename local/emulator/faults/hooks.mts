import type { FastifyInstance, FastifyRequest } from 'fastify';
import { onAnswer } from './answer.mjs';
import { onArrival, onBody, type FormStore } from './arrival.mjs';
import type { FaultAction, Faults } from './plan.mjs';

const API_PREFIX = '/api/v1';

/** What faults read and write. */
export interface FaultSource extends FormStore {
	faults: Faults;
}

/** Adds the faults that tests script to a server. */
export function addFaultHooks(server: FastifyInstance, state: FaultSource) {
	const current = new WeakMap<FastifyRequest, FaultAction>();
	server.addHook('onRequest', async (request) => {
		if (!request.url.startsWith(API_PREFIX)) return;
		const [path = '', query] = request.url.slice(API_PREFIX.length).split('?');
		const fault = state.faults.take(request.method, path, query);
		if (!fault) return;
		current.set(request, fault);
		await onArrival(state, request, fault);
	});
	server.addHook('preHandler', async (request, reply) => {
		const fault = current.get(request);
		return fault && (await onBody(state, request, reply, fault));
	});
	server.addHook('onSend', async (request, reply, payload) => {
		const fault = current.get(request);
		return fault && fault.status === undefined
			? await onAnswer(request, reply, fault, payload)
			: payload;
	});
}
