import { createReadStream, statSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';

/**
 * Sends a file with bare Node.js, in a process that keeps so many MB of objects, and prints how many milliseconds that
 * took: every 64 MB of buffers, V8 scans all objects. Usage: node --import tsx pipe.mts <URL> <file> <MB>
 */
const [url = '', file = '', megabytes = '0'] = process.argv.slice(2);
const kept: object[] = [];
while (process.memoryUsage().heapUsed < Number(megabytes) * 1e6) {
	for (let i = 0; i < 1_000; i++) kept.push({ name: `object ${i}`, list: [i], next: kept.at(-1) });
}
const began = performance.now();
const upload = request(url, {
	method: 'POST',
	headers: { 'content-length': statSync(file).size },
});
const answered = new Promise<IncomingMessage>((resolve, reject) =>
	upload.once('response', resolve).once('error', reject),
);
await Promise.all([pipeline(createReadStream(file), upload), answered.then(text)]);
console.log(performance.now() - began);
if (kept.length > 0) process.exit();
