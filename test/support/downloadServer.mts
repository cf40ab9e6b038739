import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Sends the response to a download, byte by byte if necessary. */
export type Download = (socket: Socket) => void | Promise<void>;

/** An HTTP/1.1 response. The length is that of the body by default, or missing if null. */
export function response(
	body: string | Buffer,
	{
		status = '200 OK',
		headers = ['Content-Type: application/json'],
		length = Buffer.byteLength(body) as number | null,
	} = {},
): Download {
	const lines = [...headers, ...(length === null ? [] : [`Content-Length: ${length}`])];
	const head = `HTTP/1.1 ${status}\r\n${lines.map((line) => `${line}\r\n`).join('')}Connection: close\r\n\r\n`;
	return (socket) => void socket.end(Buffer.concat([Buffer.from(head), Buffer.from(body)]));
}

/** A server of finished jobs. A test writes the responses to the socket, because no HTTP server would send some of them. */
export async function startDownloadServer() {
	let downloads: Download[] = [];
	let fileIds = ['a-1234567f.pdf'];
	const seen: string[] = [];
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', (data) => {
			const path = data.toString().split(' ')[1];
			if (path.includes('/download')) {
				// The last response is for all further requests.
				const download = downloads[Math.min(seen.push(path), downloads.length) - 1];
				return void download(socket);
			}
			const id = /\/jobs\/([\w-]+)/.exec(path)?.[1];
			const job = { id, workflow_id: 'w', status: 'COMPLETED', input_file_ids: fileIds };
			const json = path.endsWith('/failed-files') ? { failed_files: [] } : job;
			void response(JSON.stringify(json))(socket);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		/** The paths of the downloads since the last `answer`. */
		seen,
		/** Sets the responses to the next downloads, in turn. The last one is for all that follow. */
		answer(...next: Download[]) {
			downloads = next;
			seen.length = 0;
		},
		files(...next: string[]) {
			fileIds = next;
		},
		close: () => new Promise<void>((resolve) => server.close(() => resolve())),
	};
}
