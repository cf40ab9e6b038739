import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export const ID = '5f5b5a5e-3c3d-4e4f-8a8b-9c9d0e0f1a1b';
export const KEY = 'key-0123456789';

/** A record for every route: it is valid as a workflow, a job, a connector, a template, and a channel. */
const record = (id: string) => ({
	id,
	name: 'some text',
	type: 's3',
	config: { remote_url: 's3://bucket/' },
	status: 'COMPLETED',
	workflow_id: ID,
	sources: [],
	destinations: [],
	nodes: [],
	input_file_ids: ['file-d88db765.txt'],
	created_at: '2026-01-01T00:00:00Z',
	channel_type: 'webhook',
	url: 'https://example.com/',
	failed_files: [],
	files: [],
});

const elements = [{ type: 'Title', element_id: 'e1', text: 'some text', metadata: {} }];

function bodyFor(method: string, { pathname, searchParams }: URL): unknown {
	if (pathname.endsWith('/download')) return elements;
	if (pathname.endsWith('/connection-check')) return { id: ID, status: 'SUCCESS' };
	const isList = method === 'GET' && /\/$|\/channels$/.test(pathname);
	if (!isList) {
		const [, , , , id] = pathname.split('/');
		return record(decodeURIComponent(id || ID));
	}
	const rows = Number(searchParams.get('page') ?? 1) > 1 ? [] : [record(ID), record(`${ID}2`)];
	return pathname.endsWith('/channels') ? { items: rows } : rows;
}

/** A server on which every call succeeds immediately, and that records its requests. */
export async function startWillingServer() {
	let seen: string[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { method = '', url = '' } = request;
			seen.push(`${method} ${decodeURIComponent(url)} ${Buffer.concat(chunks).toString()}`);
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end(JSON.stringify(bodyFor(method, new URL(url, 'http://localhost'))));
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		/** Returns the requests since the last call. */
		take() {
			const taken = seen;
			seen = [];
			return taken;
		},
		async close() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
