import { get, type IncomingMessage } from 'node:http';

/** The answer of a URL, as bare Node.js gives it. */
export const getAnswer = (url: string) =>
	new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).once('error', reject));
