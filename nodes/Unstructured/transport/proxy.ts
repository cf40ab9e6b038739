import { isLoopback, type UnusableUrl } from './baseUrl';
import { causes } from './rejection';

/** Sends a GET without a key. */
type Probe = (url: string) => Promise<unknown>;

/** A response, or a connection to another port than 0: only a proxy gives either. */
function isProxied(error: unknown) {
	return [...causes(error)].some(
		({ syscall, port, response, httpCode }) =>
			(syscall === 'connect' && Number(port ?? 0) !== 0) || response || httpCode,
	);
}

/**
 * Says what to set when requests to this machine go through a proxy, as they do with HTTP_PROXY and without NO_PROXY: the
 * proxy would see the key in the clear, and its own responses pass for the server's. A node cannot read the environment, so
 * a request to port 0 shows it. Nothing can listen there, so only a proxy keeps it from failing at the connect call.
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
		// What fails before any connection, such as n8n's SSRF protection, fails the request itself as well.
		if (!isProxied(error)) return undefined;
	}
	return {
		reason: `Requests to ${hostname} go through a proxy`,
		fix: `The proxy would see the API key. Set NO_PROXY in the environment of n8n, for example NO_PROXY=localhost,127.0.0.1,::1, and restart n8n.`,
	};
}
