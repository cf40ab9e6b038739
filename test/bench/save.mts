import { createWriteStream } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { DownloadResult } from './downloads.mjs';
import { growth, watchProcess } from './process.mjs';

/**
 * Puts a URL into a file as bare Node.js does it, and prints as JSON what that took. Usage: node --import tsx save.mts <URL>
 * <file>
 */
async function save(url: string, file: string): Promise<DownloadResult> {
	const { samples, stop } = watchProcess(process.pid);
	const began = Date.now();
	const answer = await new Promise<IncomingMessage>((resolve, reject) =>
		get(url, resolve).once('error', reject),
	);
	await pipeline(answer, createWriteStream(file));
	const ended = Date.now();
	stop();
	return { ms: ended - began, growth: growth(samples, began, ended) };
}

const [url = '', file = ''] = process.argv.slice(2);
await save(url.replace(/[^/]+(?=\/download)/, 'little'), file);
console.log(JSON.stringify(await save(url, file)));
