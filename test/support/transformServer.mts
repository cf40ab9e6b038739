import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The routes that a Transform account certainly has. It has no details, failed files, or other routes. */
const JOBS_ONLY = /^\/api\/v1\/jobs\/(?:[^/]+(?:\/download)?)?(?:\?.*)?$/;

/** A proxy with only the job routes of the server behind it, like a Transform account. It records its requests. */
export async function startTransformServer(target: string, missing: 403 | 404 = 404) {
	const absent: string[] = [];
	const server = createServer((request, response) => {
		if (!JOBS_ONLY.test(request.url ?? '')) {
			absent.push(`${request.method} ${request.url?.replace(/[0-9a-f-]{36}/g, '*')}`);
			request.resume().on('end', () => {
				response.writeHead(missing, { 'content-type': 'application/json' });
				response.end(`{"detail":"${missing === 404 ? 'Not Found' : 'Forbidden'}"}`);
			});
			return;
		}
		const onward = httpRequest(`${target}${request.url}`, {
			method: request.method,
			headers: request.headers,
			agent: false,
		});
		request.pipe(onward);
		onward.on('error', () => request.socket.resetAndDestroy());
		onward.on('response', (answer: IncomingMessage) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		/** The calls to missing routes, without IDs. */
		absent,
		close: () => {
			server.closeAllConnections();
			return new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
