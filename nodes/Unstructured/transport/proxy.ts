import { isLoopback, type UnusableUrl } from './baseUrl';
import { causes } from './rejection';

/** Sends a GET without a key. */
type Probe = (url: string) => Promise<unknown>;

/** Whether there was a response, or a connection to a port other than 0. Only a proxy leads to either. */
function isProxied(error: unknown) {
	return [...causes(error)].some(
		({ syscall, port, response, httpCode }) =>
			(syscall === 'connect' && Number(port ?? 0) !== 0) || response || httpCode,
	);
}

/**
 * Explains what to set if requests to this machine go through a proxy, as they do with HTTP_PROXY and without NO_PROXY. The
 * proxy would see the unencrypted key, and its own responses would look like those of the server. A node can't read the
 * environment, so a request to port 0 reveals it: nothing can listen there, so only a proxy keeps it from failing to connect.
 */
export async function loopbackProxy(
	baseUrl: string,
	probe: Probe,
): Promise<UnusableUrl | undefined> {
	const { protocol, hostname } = new URL(baseUrl);
	if (!isLoopback(hostname)) return undefined;
	try {
		await probe(`${protocol}//${hostname}:0/`);
	} catch (error) {
		// Anything that fails before a connection, such as n8n's SSRF protection, fails the real request as well.
		if (!isProxied(error)) return undefined;
	}
	return {
		reason: `Requests to ${hostname} go through a proxy`,
		fix: `The proxy would see the API key. Set NO_PROXY in the environment of n8n, for example NO_PROXY=localhost,127.0.0.1,::1, and restart n8n.`,
	};
}
