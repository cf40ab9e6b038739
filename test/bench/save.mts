import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { getAnswer } from './getAnswer.mjs';
import { growth, watchProcess } from './process.mjs';

/**
 * Puts a URL into a file as bare Node.js does it, and prints as JSON what that took. Usage: node --import tsx save.mts <URL>
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
