import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	method: string;
	/** The path below `/api/v1`, without the query. */
	path: string;
	query: Record<string, string>;
	body: string;
}

/** A status and a JSON body for each request. */
export type Responding = (request: Received) => { status?: number; body: unknown };

/** A server whose responses a test derives from the requests. */
export async function startEchoServer() {
	let responding: Responding = () => ({ status: 404, body: { detail: 'No such thing' } });
	const received: Received[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
			const one: Received = {
				method: request.method ?? '',
				path: pathname.replace(/^\/api\/v1/, ''),
				query: Object.fromEntries(searchParams),
				body: Buffer.concat(chunks).toString(),
			};
			received.push(one);
			const { status = 200, body } = responding(one);
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(body));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		received,
		respond(next: Responding) {
			responding = next;
			received.length = 0;
		},
		close: () => {
			server.closeAllConnections();
			return new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
