import { createWriteStream } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Prints how many milliseconds bare Node.js takes to put a URL into a file. Usage: node --import tsx save.mts <URL> <file> */
const [url = '', file = ''] = process.argv.slice(2);
const began = performance.now();
const answer = await new Promise<IncomingMessage>((resolve, reject) =>
	get(url, resolve).once('error', reject),
);
await pipeline(answer, createWriteStream(file));
console.log(performance.now() - began);
