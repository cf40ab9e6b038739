import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultAction, Faults } from './faults.mjs';

const API_PREFIX = '/api/v1';
const never = () => new Promise<never>(() => undefined);

const asText = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body ?? {}));
const contentType = (body: unknown) =>
	typeof body === 'string' ? 'text/html' : 'application/json';

/** How many bytes of a body are read before a reset in its middle. */
const MID_BODY_BYTES = 64 * 1024;

async function resetInMidBody(request: FastifyRequest) {
	let read = 0;
	request.raw.on('data', (chunk: Buffer) => {
		read += chunk.length;
		if (read >= MID_BODY_BYTES) request.raw.socket.resetAndDestroy();
	});
	request.raw.on('end', () => request.raw.socket.resetAndDestroy());
	return await never();
}

async function drain(request: FastifyRequest) {
	if (request.raw.readableEnded) return;
	request.raw.resume();
	await new Promise((resolve) => request.raw.once('end', resolve));
}

function answerEarly(request: FastifyRequest, { status = 413, body, headers }: FaultAction) {
	const text = asText(body);
	const lines = Object.entries({
		'content-type': contentType(body),
		'content-length': String(Buffer.byteLength(text)),
		connection: 'close',
		...headers,
	}).map(([name, value]) => `${name}: ${value}\r\n`);
	request.raw.socket.end(`HTTP/1.1 ${status} Early\r\n${lines.join('')}\r\n${text}`);
	request.raw.socket.destroySoon();
}

/** Before the request is handled. */
async function onArrival(request: FastifyRequest, reply: FastifyReply, fault: FaultAction) {
	if (fault.delayMs) await delay(fault.delayMs);
	if (fault.reset === 'before') {
		request.raw.socket.resetAndDestroy();
		return await never();
	}
	if (fault.reset === 'midBody') return await resetInMidBody(request);
	if (fault.hang === 'unread') return await never();
	if (fault.status === undefined) return;
	if (fault.early) {
		answerEarly(request, fault);
		return await never();
	}
	await drain(request);
	return reply
		.code(fault.status)
		.headers({ 'content-type': contentType(fault.body), ...fault.headers })
		.send(asText(fault.body));
}

async function* slowly(text: string, bytesPerSecond: number) {
	for (const byte of Buffer.from(text)) {
		yield Buffer.of(byte);
		await delay(1000 / bytesPerSecond);
	}
}

function breakOff(request: FastifyRequest, reply: FastifyReply, text: string) {
	reply.raw.writeHead(reply.statusCode, {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(text),
	});
	reply.raw.write(text.slice(0, Math.ceil(text.length / 2)), () =>
		setTimeout(() => request.raw.socket.resetAndDestroy(), 50),
	);
}

/** After it was handled, before the answer goes out. */
async function onAnswer(
	request: FastifyRequest,
	reply: FastifyReply,
	fault: FaultAction,
	payload: unknown,
): Promise<unknown> {
	const text = typeof payload === 'string' ? payload : '';
	if (fault.hang === 'handled') return await never();
	if (fault.reset === 'afterBody') {
		request.raw.socket.resetAndDestroy();
		return await never();
	}
	if (fault.reset === 'midAnswer') {
		breakOff(request, reply, text);
		return await never();
	}
	if (fault.replace) {
		const { status, body, contentType: type = contentType(body) } = fault.replace;
		void reply.code(status).header('content-type', type).removeHeader('content-length');
		return asText(body);
	}
	if (fault.truncate || fault.bytesPerSecond) void reply.removeHeader('content-length');
	if (fault.truncate) return text.slice(0, Math.ceil(text.length / 2));
	if (fault.bytesPerSecond) return Readable.from(slowly(text, fault.bytesPerSecond));
	return payload;
}

/** Makes a server suffer the faults that tests script. */
export function addFaultHooks(server: FastifyInstance, faults: Faults) {
	const current = new WeakMap<FastifyRequest, FaultAction>();
	server.addHook('onRequest', async (request, reply) => {
		if (!request.url.startsWith(API_PREFIX)) return;
		const [path = ''] = request.url.slice(API_PREFIX.length).split('?');
		const fault = faults.take(request.method, path);
		if (!fault) return;
		current.set(request, fault);
		await onArrival(request, reply, fault);
	});
	server.addHook('onSend', async (request, reply, payload) => {
		const fault = current.get(request);
		return fault && fault.status === undefined
			? await onAnswer(request, reply, fault, payload)
			: payload;
	});
}
