import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Fault, Passage } from './faultyProxy.mjs';

const MB = 1024 * 1024;

/** 10 MB in 10 kB. Gzip streams can be concatenated. */
const bombPart = gzipSync(Buffer.alloc(10 * MB, 'x'), { level: 9 });
const errorPart = Buffer.alloc(MB, 'x');

/** Sends parts while the client reads them. */
async function pour({ response, socket }: Passage, part: Buffer, count: number) {
	const closed = new Promise((resolve) => socket.once('close', resolve));
	for (let i = 0; i < count && !socket.destroyed; i++) {
		if (response.write(part)) continue;
		await Promise.race([new Promise((resolve) => response.once('drain', resolve)), closed]);
	}
	response.end();
}

/** Sends this response after reading the whole request. */
export const answers =
	(status: number, body: unknown, headers: Record<string, string> = {}): Fault =>
	async ({ request, response }) => {
		for await (const chunk of request) void chunk;
		const isText = typeof body === 'string';
		response.writeHead(status, {
			'content-type': isText ? 'text/html' : 'application/json',
			...headers,
		});
		response.end(isText ? body : JSON.stringify(body));
	};

/** 1 GB in 1 MB. */
export const gzipBomb =
	(status: number): Fault =>
	async (passage) => {
		for await (const chunk of passage.request) void chunk;
		passage.response.writeHead(status, {
			'content-type': 'application/json',
			'content-encoding': 'gzip',
		});
		await pour(passage, bombPart, 100);
	};

export const hugeErrorBody: Fault = async (passage) => {
	for await (const chunk of passage.request) void chunk;
	passage.response.writeHead(500, { 'content-type': 'text/plain', 'content-length': 100 * MB });
	await pour(passage, errorPart, 100);
};

export const resetBefore: Fault = ({ socket }) => socket.resetAndDestroy();

/** Resets in the middle of the request's body, or of the response if there is no body. */
export const resetMiddle: Fault = async (passage) => {
	const { request, socket } = passage;
	if (Number(request.headers['content-length'] ?? 0) > 0) {
		request.once('data', () => socket.resetAndDestroy());
		return;
	}
	const { status, headers, body } = await passage.forward();
	passage.response.writeHead(status, { ...headers, 'content-length': body.length + 10 });
	passage.response.write(body);
	await delay(50);
	socket.resetAndDestroy();
};

/** The server completes the request, but its response is lost. */
export const resetAfter: Fault = async ({ forward, socket }) => {
	await forward();
	socket.resetAndDestroy();
};

/** The server completes the request, but sends no byte and does not close the connection. */
export const halfOpen: Fault = async ({ forward }) => await forward();

export const bytesPerSecond =
	(speed: number): Fault =>
	async ({ forward, response, socket }) => {
		const { status, headers, body } = await forward();
		response.writeHead(status, headers);
		for (const byte of body) {
			if (socket.destroyed) return;
			response.write(Buffer.of(byte));
			await delay(1000 / speed);
		}
		response.end();
	};

/** The first half of the right response, with a matching length. */
export const truncated: Fault = async ({ forward, response }) => {
	const { status, headers, body } = await forward();
	const half = body.subarray(0, Math.ceil(body.length / 2));
	response.writeHead(status, { ...headers, 'content-length': half.length }).end(half);
};

/** The right response under a wrong name. */
export const wrongType: Fault = async ({ forward, response }) => {
	const { status, headers, body } = await forward();
	response.writeHead(status, { ...headers, 'content-type': 'image/png' }).end(body);
};

/** The right response nested one level deeper. */
export const wrapped: Fault = async ({ forward, response }) => {
	const { status, headers, body } = await forward();
	const data = JSON.stringify({ data: JSON.parse(body.toString()) as unknown });
	response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(data) }).end(data);
};
