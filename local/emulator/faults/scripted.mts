import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { FaultAction } from './plan.mjs';
import { asText, contentTypeOf } from './text.mjs';

const PART_BYTES = 64 * 1024;

/** Yields the body of a scripted response in parts, so it can have any length. */
function* parts({ body, base64, repeat }: FaultAction) {
	yield base64 === undefined ? Buffer.from(asText(body)) : Buffer.from(base64, 'base64');
	if (!repeat || repeat.text === '') return;
	const atOnce = Math.ceil(PART_BYTES / repeat.text.length);
	for (let left = repeat.times; left > 0; left -= atOnce) {
		yield Buffer.from(repeat.text.repeat(Math.min(left, atOnce)));
	}
	yield Buffer.from(repeat.end ?? '');
}

/** The statuses whose responses have no body. */
const BODILESS = [204, 304];

/** Sends a scripted response without the framework, because it may be broken. */
export async function sendScripted(reply: FastifyReply, fault: FaultAction) {
	reply.hijack();
	const { raw } = reply;
	const { status = 200, repeat } = fault;
	const [first = Buffer.of()] = parts(fault);
	const headers: Record<string, string> = { 'content-type': contentTypeOf(fault.body) };
	if (!repeat && !BODILESS.includes(status)) headers['content-length'] = String(first.length);
	for (const [name, value] of Object.entries(fault.headers ?? {})) {
		headers[name.toLowerCase()] = value;
	}
	raw.writeHead(status, headers);
	const isCut = !repeat && Number(headers['content-length'] ?? 0) > first.length;
	const sent = pipeline(Readable.from(parts(fault)), raw, { end: !isCut });
	// The client may have disconnected.
	await sent.catch(() => undefined);
	if (isCut) raw.socket?.end();
}
