import type { IncomingMessage } from 'node:http';

/**
 * Counts the bytes of a body as they come, whether or not somebody reads them. A `data` listener would start the
 * flow before the reader is there.
 */
export function countBytes(message: IncomingMessage): () => number {
	let count = 0;
	const push = message.push.bind(message);
	message.push = (chunk: unknown, encoding?: BufferEncoding) => {
		if (Buffer.isBuffer(chunk)) count += chunk.length;
		return push(chunk, encoding);
	};
	return () => count;
}
