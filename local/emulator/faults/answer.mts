import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultAction } from './plan.mjs';
import { asText, contentTypeOf, never } from './text.mjs';

/** Long enough for the previous bytes to be sent. */
const ON_ITS_WAY_MS = 50;

async function* slowly(text: string, bytesPerSecond: number) {
	for (const byte of Buffer.from(text)) {
		yield Buffer.of(byte);
		await delay(1000 / bytesPerSecond);
	}
}

/** Sends the headers and the beginning of the response. */
function breakOff(request: FastifyRequest, reply: FastifyReply, text: string, sent: string) {
	reply.raw.writeHead(reply.statusCode, {
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(text),
	});
	const reset = () => setTimeout(() => request.raw.socket.resetAndDestroy(), ON_ITS_WAY_MS);
	if (sent) {
		reply.raw.write(sent, reset);
	} else {
		reply.raw.flushHeaders();
		reset();
	}
}

const firstHalf = (text: string) => text.slice(0, Math.ceil(text.length / 2));

/** Applies the faults between handling the request and sending the response. */
export async function onAnswer(
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
	if (fault.reset === 'afterHeaders' || fault.reset === 'midAnswer') {
		breakOff(request, reply, text, fault.reset === 'midAnswer' ? firstHalf(text) : '');
		return await never();
	}
	if (fault.replace) {
		const { status, body, contentType = contentTypeOf(body) } = fault.replace;
		void reply.code(status).header('content-type', contentType).removeHeader('content-length');
		return asText(body);
	}
	if (fault.truncate || fault.bytesPerSecond) void reply.removeHeader('content-length');
	if (fault.truncate) return firstHalf(text);
	if (fault.bytesPerSecond) return Readable.from(slowly(text, fault.bytesPerSecond));
	return payload;
}
