import { createReadStream, statSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';

/**
 * Sends a file as bare Node.js does it, in chunks of its default size or of so many bytes, and prints how many
 * milliseconds that took. Usage: node --import tsx pipe.mts <URL> <file> [bytes]
 */
const [url = '', file = '', chunk] = process.argv.slice(2);
const began = performance.now();
const upload = request(url, {
	method: 'POST',
	headers: { 'content-length': statSync(file).size },
});
const answered = new Promise<IncomingMessage>((resolve, reject) =>
	upload.once('response', resolve).once('error', reject),
);
const source = createReadStream(file, chunk ? { highWaterMark: Number(chunk) } : {});
await Promise.all([pipeline(source, upload), answered.then(text)]);
console.log(performance.now() - began);
