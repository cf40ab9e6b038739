import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Busboy } from '@fastify/busboy';
import axios from 'axios';
import fc from 'fast-check';
import type * as FileNames from '../../nodes/Unstructured/transport/fileNames.js';
import type * as Multipart from '../../nodes/Unstructured/transport/multipart.js';
import { built } from '../support/built.mjs';
import { CASES } from '../support/cases.mjs';

/** Names and types are sent in a header line. A real multipart parser must read the intended values. */
const { MultipartForm } = built<typeof Multipart>('transport/multipart');
const { cleanFileName, cleanMimeType } = built<typeof FileNames>('transport/fileNames');

interface Part {
	field: string;
	name: string;
	type: string;
	data: string;
}

const server = createServer((request, response) => {
	const parts: Part[] = [];
	const parser = new Busboy({
		headers: request.headers as { 'content-type': string },
		preservePath: true,
	});
	parser.on('file', (field, stream, name, _encoding, type) => {
		const chunks: Buffer[] = [];
		stream.on('data', (chunk: Buffer) => chunks.push(chunk));
		stream.on('end', () => {
			parts.push({ field, name, type, data: Buffer.concat(chunks).toString('latin1') });
		});
	});
	parser.on('finish', () => response.end(JSON.stringify(parts)));
	parser.on('error', (error) => response.writeHead(400).end(String(error)));
	request.pipe(parser);
});
beforeAll(async () => {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});

const FILES_PER_FORM = 100;

const nasty = fc.constantFrom(
	'\r\n',
	'"',
	'\\',
	'/',
	'\0',
	'%22',
	"'",
	';',
	'=',
	'..',
	'\u2028',
	'\ud800',
	'ü',
	'請',
	'🙂',
	' ',
);
const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: 'grapheme' }),
	fc.array(fc.oneof(nasty, fc.string())).map((pieces) => pieces.join('')),
	fc.nat(10_000).map((length) => `${'ö'.repeat(length)}.pdf`),
);
const type = fc.oneof(
	text,
	fc.constantFrom(
		'text/plain',
		'application/pdf',
		'text/plain; charset=utf-8',
		'a/b; c="d"',
		'a/b; c="d\\"',
	),
);
const file = fc.record({ name: text, type, data: fc.uint8Array({ minLength: 1, maxLength: 40 }) });

it('sends any name, type, and content through a multipart parser unchanged', async () => {
	const { port } = server.address() as AddressInfo;
	await fc.assert(
		fc.asyncProperty(
			fc.array(file, { minLength: FILES_PER_FORM, maxLength: FILES_PER_FORM }),
			async (files) => {
				const form = new MultipartForm();
				for (const { name, type, data } of files) {
					form.append('input_files', {
						name,
						type,
						size: data.length,
						stream: async function* () {
							yield await Promise.resolve(data);
						},
					});
				}
				const { data } = await axios.post<Part[]>(`http://127.0.0.1:${port}`, form, {
					maxRedirects: 0,
				});
				expect(data).toEqual(
					files.map((one) => ({
						field: 'input_files',
						// A quote is sent in the form that the parser reads.
						name: cleanFileName(one.name),
						type: cleanMimeType(one.type),
						data: Buffer.from(one.data).toString('latin1'),
					})),
				);
			},
		),
		{ numRuns: Math.ceil(CASES / FILES_PER_FORM) },
	);
}, 120_000);
