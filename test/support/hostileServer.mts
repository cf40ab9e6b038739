import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The response to a request: JSON as a text, so it can contain what no object can. */
export type Answering = (method: string, path: string) => string | undefined;

/** A server that responds as a test defines, and records the raw targets and headers of its requests. */
export async function startHostileServer() {
	let answering: Answering = () => undefined;
	const seen: Array<{ method: string; target: string; headers: IncomingMessage['headers'] }> = [];
	const server = createServer((request, response) => {
		const { method = '', url: target = '', headers } = request;
		seen.push({ method, target, headers });
		request.resume().on('end', () => {
			const text = answering(method, target.replace(/^\/api\/v1/, ''));
			response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/json' });
			response.end(text ?? '{"detail":"No such thing"}');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		seen,
		answer(next: Answering) {
			answering = next;
			seen.length = 0;
		},
		close: () => {
			server.closeAllConnections();
			return new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
