import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import FormData from 'form-data';
import type * as Multipart from '../../../nodes/Unstructured/transport/multipart.js';
import { built } from '../../support/built.mjs';

const { MultipartForm } = built<typeof Multipart>('transport/multipart');

/** The request at the server: the body without its boundary, and how its length was announced. */
async function bytesOf(send: (url: string) => Promise<unknown>) {
	const server = createServer();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const received = once(server, 'request').then(async ([request, response]) => {
		const { headers } = request as IncomingMessage;
		const chunks: Buffer[] = [];
		for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
		(response as { end: () => void }).end();
		const body = Buffer.concat(chunks);
		const [, boundary = ''] = /boundary=(.+)$/.exec(headers['content-type'] ?? '') ?? [];
		return {
			contentLength: Number(headers['content-length']),
			actualLength: body.length,
			text: body.toString('latin1').replaceAll(boundary, 'BOUNDARY'),
		};
	});
	await send(`http://127.0.0.1:${port}`);
	const result = await received;
	server.close();
	return result;
}

const files = [
	{ name: 'a.txt', type: 'text/plain', data: Buffer.from('first\r\n--second') },
	{ name: 'ü 請.pdf', type: 'application/pdf', data: Buffer.from([0, 255, 13, 10, 45, 45]) },
];

it('sends the same bytes as the form-data package', async () => {
	const form = new MultipartForm();
	const peer = new FormData();
	for (const { name, type, data } of files) {
		form.append('input_files', {
			name,
			type,
			size: data.length,
			stream: async function* () {
				yield data.subarray(0, 3);
				yield await Promise.resolve(data.subarray(3));
			},
		});
		peer.append('input_files', data, { filename: name, contentType: type });
	}
	const ours = await bytesOf((url) => axios.post(url, form, { maxRedirects: 0 }));
	const theirs = await bytesOf((url) => axios.post(url, peer, { maxRedirects: 0 }));
	// Both differ only in the last line break, which RFC 2046 makes optional.
	expect(ours.text.trimEnd()).toBe(theirs.text.trimEnd());
	expect(ours.contentLength).toBe(ours.actualLength);
	expect(form.unsent).toBe(0);
});

/** A form of 50 files that counts how many of them are open. */
function countedForm(chunk: Buffer, chunksOfFile: number) {
	const form = new MultipartForm();
	const count = { open: 0, most: 0, opened: 0 };
	for (let i = 0; i < 50; i++) {
		form.append('input_files', {
			name: `${i}.txt`,
			type: 'text/plain',
			size: chunk.length * chunksOfFile,
			stream: async function* () {
				count.most = Math.max(count.most, ++count.open);
				count.opened++;
				try {
					for (let n = 0; n < chunksOfFile; n++) yield await Promise.resolve(chunk);
				} finally {
					count.open--;
				}
			},
		});
	}
	return { form, count };
}

it('opens the next file while one is sent, but never more than two', async () => {
	const { form, count } = countedForm(Buffer.alloc(10, 'x'), 1);
	expect(form.unsent).toBe(500);
	await bytesOf((url) => axios.post(url, form, { maxRedirects: 0 }));
	expect(count).toEqual({ open: 0, most: 2, opened: 50 });
	expect(form.unsent).toBe(0);
});

it('opens no file early while most of another is unsent', async () => {
	const { form, count } = countedForm(Buffer.alloc(256 * 1024), 4);
	const [[, first], [, second]] = [...form.entries()] as Array<[string, Multipart.FilePart]>;
	const opened: number[] = [];
	for await (const chunk of first.stream()) if (chunk.length > 0) opened.push(count.opened);
	for await (const chunk of second.stream()) if (chunk.length > 0) opened.push(count.opened);
	form.close();
	expect(opened).toEqual([1, 1, 1, 2, 2, 2, 2, 3]);
	await new Promise(setImmediate);
	expect(count.open).toBe(0);
});

it('opens no file early if another is one large piece', async () => {
	const { form, count } = countedForm(Buffer.alloc(256 * 1024 + 1), 1);
	await bytesOf((url) => axios.post(url, form, { maxRedirects: 0 }));
	expect(count).toEqual({ open: 0, most: 1, opened: 50 });
});

it.each([
	['small files', 10_000, 1],
	['large files', 100_000, 50],
])('closes all of the %s if the connection is interrupted', async (_what, size, chunksOfFile) => {
	const { form, count } = countedForm(Buffer.alloc(size), chunksOfFile);
	const server = createServer((request) => {
		request.once('data', () => request.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const post = axios.post(`http://127.0.0.1:${port}`, form, { maxRedirects: 0 });
	await expect(post).rejects.toThrow();
	form.close();
	server.close();
	await new Promise(setImmediate);
	expect(count.opened).toBeGreaterThan(0);
	expect(count.open).toBe(0);
});

it('stops an upload that continues after the response', async () => {
	const { form, count } = countedForm(Buffer.alloc(100_000), 50);
	const [[, first]] = [...form.entries()] as Array<[string, Multipart.FilePart]>;
	const chunks = first.stream()[Symbol.asyncIterator]();
	await chunks.next();
	form.close();
	await expect(chunks.next()).rejects.toThrow('The exchange is over');
	await new Promise(setImmediate);
	expect(count.open).toBe(0);
});

it('knows the unsent bytes if a file cannot be read', async () => {
	const form = new MultipartForm();
	form.append('input_files', {
		name: 'a.txt',
		type: 'text/plain',
		size: 10,
		stream: async function* () {
			yield await Promise.resolve(Buffer.from('123'));
			throw new Error('gone');
		},
	});
	await expect(axios.post('http://127.0.0.1:9', form, { maxRedirects: 0 })).rejects.toThrow();
	expect(form.unsent).toBeGreaterThan(0);
});
