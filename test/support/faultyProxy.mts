import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { generate } from 'selfsigned';

/** A request at the proxy, with access to the server behind it. */
export interface Passage {
	request: IncomingMessage;
	response: ServerResponse;
	socket: Socket;
	/** Forwards the whole request, and returns the server's response. */
	forward: () => Promise<Forwarded>;
}

interface Forwarded {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

export type Fault = (passage: Passage) => unknown;

/** The requests that a fault affects. */
export interface Way {
	fault: Fault;
	/** Whether the fault affects a request. The path is below `/api/v1`, with the query. */
	meets: (method: string, path: string) => boolean;
	/** How many requests the fault affects. */
	times: number;
}

async function forwardTo(target: string, request: IncomingMessage, path: string) {
	const onward = httpRequest(`${target}${path}`, {
		method: request.method,
		headers: { ...request.headers, host: new URL(target).host },
		agent: false,
	});
	request.pipe(onward);
	const [answer] = (await once(onward, 'response')) as [IncomingMessage];
	const body = await buffer(answer);
	const headers = Object.fromEntries(
		Object.entries(answer.headers).filter(([name]) => !/^(connection|keep-alive)$/.test(name)),
	) as Record<string, string>;
	return { status: answer.statusCode ?? 0, headers, body };
}

async function listen(server: Server) {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return (server.address() as AddressInfo).port;
}

/**
 * A proxy that breaks selected requests on real connections. Many routes share one proxy: each has its own path prefix,
 * which an API URL can contain.
 * @param target the server behind it
 */
export async function startFaultyProxy(target: string) {
	const ways = new Map<string, Way & { met: number }>();
	const connections = new Set<Socket>();
	const server = createServer({ keepAliveTimeout: 500 }, (request, response) => {
		const [, name = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? '') ?? [];
		const way = ways.get(name);
		const forward = () => forwardTo(target, request, path);
		const { socket } = request;
		const answer = async () => {
			if (way?.meets(request.method ?? '', path) && way.met < way.times) {
				way.met++;
				await way.fault({ request, response, socket, forward });
				return;
			}
			const { status, headers, body } = await forward();
			response.writeHead(status, headers).end(body);
		};
		// The client may have disconnected, which some faults intend.
		answer().catch(() => socket.destroy());
	});
	server.on('connection', (socket) => {
		connections.add(socket);
		socket.on('error', () => undefined).on('close', () => connections.delete(socket));
	});
	const port = await listen(server);
	return {
		/** The API URL of a new route. */
		url(name: string, way: Way) {
			ways.set(name, { ...way, met: 0 });
			return `http://127.0.0.1:${port}/${name}`;
		},
		/** How many requests a route's fault has affected. */
		met: (name: string) => ways.get(name)?.met ?? 0,
		/** The number of open connections. */
		connections: () => connections.size,
		close: () => {
			server.closeAllConnections();
			return new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** An HTTPS server with an untrusted certificate. */
export async function startUntrustedServer() {
	const made = await generate([{ name: 'commonName', value: 'localhost' }]);
	const seen: string[] = [];
	const server = createTlsServer({ key: made.private, cert: made.cert }, (request, response) => {
		seen.push(request.url ?? '');
		response.end('[]');
	});
	server.on('tlsClientError', () => undefined);
	const port = await listen(server);
	return {
		url: `https://localhost:${port}`,
		/** The received requests. */
		seen,
		close: () => new Promise<void>((resolve) => server.close(() => resolve())),
	};
}

/** Another host that must receive nothing. It records its requests. */
export async function startOtherHost() {
	const seen: Array<{ url: string; headers: Record<string, unknown> }> = [];
	const server = createServer((request, response) => {
		seen.push({ url: request.url ?? '', headers: request.headers });
		response.end('{}');
	});
	const port = await listen(server);
	return {
		url: `http://127.0.0.1:${port}`,
		seen,
		close: () => {
			server.closeAllConnections();
			return new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
