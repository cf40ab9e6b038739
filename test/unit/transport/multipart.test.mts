import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import FormData from 'form-data';
import type * as Multipart from '../../../nodes/Unstructured/transport/multipart.js';
import { built } from '../../support/built.mjs';

const { MultipartForm } = built<typeof Multipart>('transport/multipart');

/** What a server gets: the body with its boundary taken out, and how its length was said. */
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

it('is, byte for byte, what the form-data package would have sent', async () => {
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
	// They differ in nothing but the last line break, which RFC 2046 leaves open.
	expect(ours.text.trimEnd()).toBe(theirs.text.trimEnd());
	expect(ours.contentLength).toBe(ours.actualLength);
	expect(form.unsent).toBe(0);
});

it('opens one file at a time, each when its turn comes', async () => {
	const form = new MultipartForm();
	let open = 0;
	let mostOpen = 0;
	for (let i = 0; i < 50; i++) {
		form.append('input_files', {
			name: `${i}.txt`,
			type: 'text/plain',
			size: 10,
			stream: async function* () {
				mostOpen = Math.max(mostOpen, ++open);
				yield await Promise.resolve(Buffer.alloc(10, 'x'));
				open--;
			},
		});
	}
	expect(form.unsent).toBe(500);
	await bytesOf((url) => axios.post(url, form, { maxRedirects: 0 }));
	expect([mostOpen, open, form.unsent]).toEqual([1, 0, 0]);
});

it('knows what was not handed over when a file cannot be read', async () => {
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
