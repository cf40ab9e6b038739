import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const WORKFLOW = { id: 'bench', name: 'Bench', sources: [], destinations: [] };

/** The number of bytes in a request's body. */
async function swallow(request: IncomingMessage): Promise<number> {
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) bytes += chunk.length;
	return bytes;
}

/**
 * The minimal server: discards uploads and responds to a run like the API, so the measured time is the
 * client's.
 */
export async function startSink() {
	let uploads: number[] = [];
	const answer = (response: ServerResponse, status: number, body: unknown) =>
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	const server = createServer((request, response) => {
		if (request.method === 'GET') answer(response, 200, WORKFLOW);
		else
			void swallow(request).then((bytes) => {
				uploads.push(bytes);
				answer(response, 202, { id: `job-${uploads.length}`, status: 'SCHEDULED' });
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		/** Returns the bytes of each upload since the last call. */
		takeUploads() {
			const taken = uploads;
			uploads = [];
			return taken;
		},
		close: () =>
			new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

export type Sink = Awaited<ReturnType<typeof startSink>>;
