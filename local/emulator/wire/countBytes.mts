import type { IncomingMessage, Server } from 'node:http';

const counts = new WeakMap<IncomingMessage, { bytes: number }>();

/** The bytes of a request body so far. */
export const bytesOf = (message: IncomingMessage): number => counts.get(message)?.bytes ?? 0;

/**
 * Counts the bytes of bodies as they arrive, even if nothing reads them. A `data` listener would start the flow before the
 * reader is attached. The first bytes arrive together with the headers, before any hook of the framework.
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
