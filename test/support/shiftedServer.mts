import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How to change the `Date` header of a response: delete it, or advance it by milliseconds. */
export type DateHeader = 'none' | number;

/** The same body with the jobs' timestamps by the other clock. */
const shiftStamps = (body: string, date: DateHeader) =>
	body.replace(/(?<="created_at":")[^"]+/g, (stamp) =>
		date === 'none'
			? stamp
			: new Date(Date.parse(stamp) + date).toISOString().replace('Z', `${stamp.slice(-4, -1)}Z`),
	);

/** A proxy that shifts the server's clock, in its `Date` header and in the timestamps of jobs. */
export async function startShiftedServer(target: string, date: DateHeader) {
	const server = createServer((request, response) => {
		const onward = httpRequest(`${target}${request.url}`, {
			method: request.method,
			headers: request.headers,
			agent: false,
		});
		request.pipe(onward);
		// A response that the server does not complete is lost here too.
		onward.on('error', () => request.socket.resetAndDestroy());
		onward.on('response', (answer: IncomingMessage) => {
			const { date: written, ...headers } = answer.headers;
			delete headers['content-length'];
			response.sendDate = false;
			response.writeHead(answer.statusCode ?? 502, {
				...headers,
				...(date !== 'none' && {
					date: new Date(Date.parse(written ?? '') + date).toUTCString(),
				}),
			});
			void text(answer).then((body) => response.end(shiftStamps(body, date)));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () => {
			server.closeAllConnections();
			return new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
