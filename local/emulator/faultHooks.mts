import type { FastifyInstance, FastifyRequest } from 'fastify';
import { onAnswer } from './faultAnswer.mjs';
import { onArrival, onBody } from './faultArrival.mjs';
import type { FaultAction } from './faults.mjs';
import type { EmulatorState } from './state.mjs';

const API_PREFIX = '/api/v1';

/** Makes a server suffer the faults that tests script. */
export function addFaultHooks(server: FastifyInstance, state: EmulatorState) {
	const current = new WeakMap<FastifyRequest, FaultAction>();
	server.addHook('onRequest', async (request) => {
		if (!request.url.startsWith(API_PREFIX)) return;
		const [path = ''] = request.url.slice(API_PREFIX.length).split('?');
		const fault = state.faults.take(request.method, path);
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
