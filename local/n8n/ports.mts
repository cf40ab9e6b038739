import getPort from 'get-port';
import { Failure } from './failure.mjs';

/**
 * The port that a variable names, or the usual one, when nobody uses it.
 * @throws Failure naming the port and the variable
 */
export async function freePort(variable: string, usual: number, forWhat: string): Promise<number> {
	const text = process.env[variable] || String(usual);
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1024 || port > 65535) {
		throw new Failure(`${variable} is "${text}": set it to a port between 1024 and 65535.`);
	}
	if ((await getPort({ port })) !== port) {
		throw new Failure(
			`Port ${port} for ${forWhat} is in use: end what uses it, or choose another port with ${variable}.`,
		);
	}
	return port;
}
