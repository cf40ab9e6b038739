import getPort from 'get-port';
import { Failure } from './failure.mjs';

/**
 * Returns the port in an environment variable, or the usual one.
 * @throws Failure with the port and the variable if the port is invalid or in use
 */
export async function freePort(variable: string, usual: number, forWhat: string): Promise<number> {
	const text = process.env[variable] || String(usual);
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1024 || port > 65535) {
		throw new Failure(`${variable} is "${text}". Set it to a port between 1024 and 65535.`);
	}
	if ((await getPort({ port })) !== port) {
		throw new Failure(
			`Port ${port} for ${forWhat} is in use. Stop the program that uses it, or set ${variable} to another port.`,
		);
	}
	return port;
}
