import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What one request with a body looked like from the server's end. */
export interface Upload {
	/** Unix milliseconds, from the request's head to its last byte. */
	began: number;
	ended: number;
	bytes: number;
}

const WORKFLOW = { id: 'bench', name: 'Bench', sources: [], destinations: [] };

async function swallow(request: IncomingMessage): Promise<Upload> {
	const upload: Upload = { began: Date.now(), ended: 0, bytes: 0 };
	for await (const chunk of request as AsyncIterable<Buffer>) upload.bytes += chunk.length;
	upload.ended = Date.now();
	return upload;
}

/**
 * The least that a server can do: swallows uploads, and answers as the API does to a run. So the time measured is the
 * client's.
 */
export async function startSink() {
	let uploads: Upload[] = [];
	const answer = (response: ServerResponse, status: number, body: unknown) =>
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	const server = createServer((request, response) => {
		if (request.method === 'GET') answer(response, 200, WORKFLOW);
		else
			void swallow(request).then((upload) => {
				uploads.push(upload);
				answer(response, 202, { id: `job-${uploads.length}`, status: 'SCHEDULED' });
			});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		/** The uploads since the last time. */
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
