import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

export interface Received {
	headers: IncomingMessage['headers'];
	/** As received. */
	body: string;
}

/** A server that receives deliveries, and responds with one status after another. The last one is repeated. */
export async function startReceiver() {
	const received: Received[] = [];
	let statuses = [200];
	let delayMs = 0;
	const server = createServer((request, response) => {
		void text(request)
			.then(async (body) => {
				received.push({ headers: request.headers, body });
				await setTimeout(delayMs);
				const status = statuses.length > 1 ? statuses.shift() : statuses[0];
				response.writeHead(status!, { location: '/elsewhere' }).end('so it is');
			})
			.catch(() => undefined);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		received,
		answer(...next: number[]) {
			statuses = next;
		},
		/** @param ms before each response */
		wait(ms: number) {
			delayMs = ms;
		},
		/** Waits for so many deliveries, and then a little for one too many. */
		async arrived(count: number) {
			while (received.length < count) await setTimeout(10);
			await setTimeout(80);
			return received;
		},
		close() {
			server.closeAllConnections();
			server.close();
		},
	};
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

export const typesOf = (received: Received[]) =>
	received.map(({ body }) => (JSON.parse(body) as { type: string }).type);
