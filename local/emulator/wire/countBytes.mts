import type { IncomingMessage, Server } from 'node:http';

const counts = new WeakMap<IncomingMessage, { bytes: number }>();

/** The bytes of a request's body that came so far. */
export const bytesOf = (message: IncomingMessage): number => counts.get(message)?.bytes ?? 0;

/**
 * Counts the bytes of bodies as they come, whether or not somebody reads them. A `data` listener would start the flow
 * before the reader is there; and the first bytes come together with the headers, before any hook of the framework.
 */
export function countBytes(server: Server) {
	server.prependListener('request', (message: IncomingMessage) => {
		const count = { bytes: 0 };
		counts.set(message, count);
		const push = message.push.bind(message);
		message.push = (chunk: unknown, encoding?: BufferEncoding) => {
			if (Buffer.isBuffer(chunk)) count.bytes += chunk.length;
			return push(chunk, encoding);
		};
	});
}
