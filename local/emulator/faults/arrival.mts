import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultAction } from './plan.mjs';
import { sendScripted } from './scripted.mjs';
import { asText, contentTypeOf, never } from './text.mjs';
import { discardFiles, receiveForm } from '../wire/receiveForm.mjs';
import type { RequestLog } from '../wire/requestLog.mjs';

/** How many bytes of a body are read before a reset in the middle of it. */
const MID_BODY_BYTES = 64 * 1024;

/** Where a request is logged. */
export interface FormStore {
	log: RequestLog;
	/** The folder of the uploads. */
	folder: string;
}

function answerEarly(request: FastifyRequest, { status = 413, body, headers }: FaultAction) {
	const text = asText(body);
	const lines = Object.entries({
		'content-type': contentTypeOf(body),
		'content-length': String(Buffer.byteLength(text)),
		connection: 'close',
		...headers,
	}).map(([name, value]) => `${name}: ${value}\r\n`);
	request.raw.socket.end(`HTTP/1.1 ${status} Early\r\n${lines.join('')}\r\n${text}`);
	request.raw.socket.destroySoon();
}

function resetAt(request: FastifyRequest, bytes: number) {
	let left = bytes;
	request.raw.on('data', (chunk: Buffer) => {
		left -= chunk.length;
		if (left <= 0) request.raw.socket.resetAndDestroy();
	});
}

/** Reads the parts into the log, as far as they arrive and are valid. */
async function read(state: FormStore, request: FastifyRequest) {
	if (!request.isMultipart()) return;
	const form = state.log.formOf(request);
	await receiveForm(request, form, state.folder).catch(() => undefined);
	await discardFiles(form);
}

/** Applies the faults before the body is read. */
export async function onArrival(
	state: FormStore,
	request: FastifyRequest,
	fault: FaultAction,
): Promise<void> {
	if (fault.delayMs) await delay(fault.delayMs);
	if (fault.reset === 'before') {
		request.raw.socket.resetAndDestroy();
		await never();
	}
	if (fault.hang === 'unread') await never();
	if (fault.early) {
		answerEarly(request, fault);
		state.log.setStatus(request, fault.status ?? 413);
		await never();
	}
}

/** Applies the faults of the body and those instead of handling the request. */
export async function onBody(
	state: FormStore,
	request: FastifyRequest,
	reply: FastifyReply,
	fault: FaultAction,
): Promise<unknown> {
	if (fault.reset === 'midBody') resetAt(request, fault.midBodyBytes ?? MID_BODY_BYTES);
	const instead =
		fault.reset === 'midBody' ||
		fault.reset === 'afterRead' ||
		fault.hang === 'read' ||
		fault.status !== undefined;
	if (!instead) return;
	await read(state, request);
	if (fault.reset) request.raw.socket.resetAndDestroy();
	if (fault.status === undefined) return await never();
	await sendScripted(reply, fault);
	return reply;
}
