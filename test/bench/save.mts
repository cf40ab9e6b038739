import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { getAnswer } from './getAnswer.mjs';
import { growth, watchProcess } from './process.mjs';

/**
 * Saves a URL to a file with bare Node.js, and prints the measurements as JSON. Usage: node --import tsx save.mts <URL>
 * <file>
 */
async function save(url: string, file: string) {
	const { samples, stop } = watchProcess(process.pid);
	const began = Date.now();
	await pipeline(await getAnswer(url), createWriteStream(file));
	const ended = Date.now();
	stop();
	return { ms: ended - began, growth: growth(samples, began, ended) };
}

export type Saved = Awaited<ReturnType<typeof save>>;

const [url = '', file = ''] = process.argv.slice(2);
await save(url.replace(/[^/]+(?=\/download)/, 'little'), file);
console.log(JSON.stringify(await save(url, file)));
