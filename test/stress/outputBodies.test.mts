import { pbkdf2 } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { IBinaryData } from 'n8n-workflow';
import { response, startDownloadServer, type Download } from '../support/downloadServer.mjs';
import { runEngine } from '../support/engine.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import { jobParameters, jsonItems } from '../support/node.mjs';
import { storedText } from '../support/storedFiles.mjs';

/** The output of a file is returned completely or not at all. */
let server: Awaited<ReturnType<typeof startDownloadServer>>;
beforeAll(async () => {
	await useBinaryMode('filesystem');
	server = await startDownloadServer();
});
afterAll(async () => {
	await server.close();
	await useBinaryMode('default');
});

const FORMATS = [
	...['binary', 'elements', 'file', 'text'],
	...['pages', 'tables', 'images', 'extractedData'],
];
const getOutput = (outputFormat: string) =>
	runEngine({
		apiUrl: server.url,
		apiKey: 'key-0123456789',
		parameters: jobParameters('getOutput', { outputFormat }),
		items: jsonItems({ id: 'job-1' }),
	});

const elements = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ type: 'NarrativeText', text: `text ${i}` }));
const OUTPUT = JSON.stringify(elements(300));
const HALF = OUTPUT.slice(0, OUTPUT.length / 2);
const HALF_A_GZIP = gzipSync(OUTPUT).subarray(0, gzipSync(OUTPUT).length / 2);
const GZIP = { headers: ['Content-Encoding: gzip'] };

/** Blocks the threads that n8n's storage and DNS lookups need. */
function keepThreadsBusy() {
	for (let i = 0; i < 8; i++) pbkdf2('a', 'b', 400_000, 64, 'sha512', () => undefined);
}

/** Sends a body in pieces within about a second. */
const inPieces =
	(body: string): Download =>
	async (socket) => {
		const piece = Math.ceil(body.length / 5);
		socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
		for (let from = 0; from < body.length; from += piece) {
			socket.write(body.slice(from, from + piece));
			await delay(200);
		}
		socket.end();
	};

describe('if the storage starts reading long after the response', () => {
	const large = JSON.stringify(elements(20_000));
	it.each<[string, Download]>([
		['at once', response(large)],
		['in pieces', inPieces(large)],
	])(
		'stores a complete output that arrived %s',
		async (_how, download) => {
			server.answer((socket) => {
				keepThreadsBusy();
				return download(socket);
			});
			const { outputs, error } = await getOutput('binary');
			expect(error).toBeUndefined();
			const data = outputs[0][0].binary?.data as IBinaryData;
			expect(data.bytes).toBe(large.length);
			expect(await storedText(data)).toBe(large);
		},
		60_000,
	);
});

describe.each(FORMATS)('%s', (format) => {
	it.each<[string, Download]>([
		['no content', response('', { status: '204 No Content', headers: [], length: null })],
		['an empty body', response('')],
		['a part', response(HALF, { status: '206 Partial Content' })],
		['a status of its own', response(OUTPUT, { status: '299 Odd' })],
		['half of an output with its length', response(HALF)],
		['half of an output up to the end', response(HALF, { length: null })],
		['half of a gzip', response(HALF_A_GZIP, GZIP)],
		['compressed bytes without a label', response(gzipSync(OUTPUT))],
		['a page as text', response('<html>Sign in</html>', { headers: ['Content-Type: text/plain'] })],
		['a message', response('{"detail": "Output not ready"}')],
		['a message of a gateway', response('{"message": "Not ready", "code": 17}')],
		['a status', response('{"status": "IN_PROGRESS"}')],
		['null', response('null')],
		['a number', response('7')],
		['a word', response('"ok"')],
		['spaces', response('  \n ')],
	])('fetches the output again after %s', async (_what, download) => {
		server.answer(download, response(OUTPUT));
		const { outputs, error } = await getOutput(format);
		expect(error).toBeUndefined();
		expect(server.seen).toHaveLength(2);
		if (format === 'binary') {
			expect(await storedText(outputs[0][0].binary?.data as IBinaryData)).toBe(OUTPUT);
		} else if (format === 'elements') expect(outputs[0]).toHaveLength(300);
	});

	it.each([
		['two commas', '[{"text":"secret"},,{"text":"b"}]'],
		['a missing value', '[{"text":}]'],
		['brackets that do not fit', '[{"text":["secret"}]]'],
		['extra text at the end', '[{"text":"secret"}] and more'],
		['an invalid literal', '[{"text":undefined}]'],
	])('reports an output with %s immediately, without quoting it', async (_what, body) => {
		server.answer(response(body));
		const { error } = await getOutput(format);
		expect(error?.message).toBe("The output of the file 'a-1234567f.pdf' is not valid JSON");
		expect(`${error?.message} ${error?.description}`).not.toMatch(/secret|token|JSON at position/);
		expect(server.seen).toHaveLength(1);
	});
});

describe('stops retrying with an error, in', () => {
	it.each(FORMATS)(
		'%s',
		async (format) => {
			server.answer(response(HALF));
			const { error, outputs } = await getOutput(format);
			expect(error?.message).toBe(
				"The output of the file 'a-1234567f.pdf' ended before it was complete",
			);
			expect(outputs.flat()).toEqual([]);
			expect(server.seen).toHaveLength(5);
		},
		60_000,
	);
});

describe('stores the elements as valid JSON, for', () => {
	const list = '[{"type":"Text","text":"a"},{"type":"Text","text":"b"}]';
	it.each([
		['a byte order mark', `\ufeff${list}`, list],
		['NaN', '[{"type":"Text","text":"NaN","metadata":{"a":NaN,"b":-Infinity}}]', undefined],
		['one element a line', list.slice(1, -1).replace('},{', '}\n{'), list],
		['a JSON text in a string', JSON.stringify(list), list],
		['one object', '{"total": NaN}', '{"total":null}'],
	])('%s', async (_what, body, stored) => {
		server.answer(response(body));
		const { outputs } = await getOutput('binary');
		const data = outputs[0][0].binary?.data as IBinaryData;
		const text = await storedText(data);
		expect(text).toBe(stored ?? '[{"type":"Text","text":"NaN","metadata":{"a":null,"b":null}}]');
		expect(data.bytes).toBe(text.length);
	});
});
