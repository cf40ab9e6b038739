import { get, type IncomingMessage } from 'node:http';

/** The response of a URL, as bare Node.js returns it. */
export const getAnswer = (url: string) =>
	new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).once('error', reject));
