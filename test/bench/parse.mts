import { buffer } from 'node:stream/consumers';
import { getAnswer } from './getAnswer.mjs';

/**
 * Prints as JSON how many milliseconds bare Node.js takes to receive the response of a URL as a text, and JSON.parse for that
 * text. Usage: node --import tsx parse.mts <URL>
 */
async function measure(url: string) {
	const began = performance.now();
	const text = (await buffer(await getAnswer(url))).toString();
	const received = performance.now();
	const { length } = JSON.parse(text) as unknown[];
	if (length === 0) throw new Error('The output is empty');
	return { receive: received - began, parse: performance.now() - received };
}

export type Parsed = Awaited<ReturnType<typeof measure>>;

const [, , url = ''] = process.argv;
await measure(url.replace(/[^/]+(?=\/download)/, 'little'));
console.log(JSON.stringify(await measure(url)));
