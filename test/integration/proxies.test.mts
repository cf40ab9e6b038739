import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ICredentialTestFunctions } from 'n8n-workflow';
import { credentialTestContext } from '../support/contexts.mjs';
import { filesAsItems, runEngine } from '../support/engine.mjs';
import { Unstructured } from '../support/n8n.mjs';
import { env } from '../support/native.mjs';
import { jobParameters, jsonItems, runParameters, useNode } from '../support/node.mjs';

const node = useNode();

/** The requests to the proxy: absolute URLs and tunnels, with their headers. */
const seen: Array<{ target: string; headers: IncomingMessage['headers'] }> = [];
let refuse: (socket: Socket) => unknown;

const proxy = createServer((request, response) => {
	seen.push({ target: request.url ?? '', headers: request.headers });
	response.writeHead(403).end('Not allowed by the proxy');
});
proxy.on('connect', (request, socket: Socket) => {
	seen.push({ target: request.url ?? '', headers: request.headers });
	socket.on('error', () => undefined);
	refuse(socket);
});

const VARIABLES = [
	'HTTP_PROXY',
	'HTTPS_PROXY',
	'NO_PROXY',
	'http_proxy',
	'https_proxy',
	'no_proxy',
];
const before = Object.fromEntries(VARIABLES.map((name) => [name, env[name]]));

beforeAll(async () => {
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
});
beforeEach(() => {
	seen.length = 0;
	for (const name of VARIABLES) delete env[name];
	const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	env.HTTP_PROXY = url;
	env.HTTPS_PROXY = url;
});
afterEach(() => {
	for (const name of VARIABLES) {
		if (before[name] === undefined) delete env[name];
		else env[name] = before[name];
	}
});
afterAll(() => {
	proxy.closeAllConnections();
	proxy.close();
});

const oneFile = filesAsItems([{ name: 'a.txt', data: 'a' }]);
const expectNoKey = () => expect(JSON.stringify(seen)).not.toContain(node.emulator.key);

describe('this machine, behind a proxy', () => {
	it.each(['127.0.0.1', 'localhost'])(
		'sends no request to %s and no key to the proxy',
		async (host) => {
			const apiUrl = node.emulator.url.replace('127.0.0.1', host);
			const { error } = await runEngine({
				parameters: runParameters(),
				items: oneFile,
				apiUrl,
				apiKey: node.emulator.key,
			});
			expect(error?.message).toBe(`Requests to ${host} go through a proxy`);
			expect(error?.description).toContain('NO_PROXY');
			expect(await node.emulator.requests()).toEqual([]);
			expectNoKey();
		},
	);

	it('is rejected by the credential test', async () => {
		const result = await new Unstructured().methods!.credentialTest!.unstructuredApiTest.call(
			credentialTestContext() as ICredentialTestFunctions,
			{
				id: '1',
				name: 'x',
				type: 'unstructuredApi',
				data: { apiKey: node.emulator.key, apiUrl: node.emulator.url },
			},
		);
		expect(result).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('NO_PROXY') as string,
		});
		expectNoKey();
	});

	it('works with NO_PROXY', async () => {
		env.NO_PROXY = 'localhost,127.0.0.1';
		const { outputs } = await node.run(runParameters(), oneFile);
		expect(outputs[0]).toHaveLength(1);
		expect(seen).toEqual([]);
	});
});

describe('a proxy that opens no tunnel', () => {
	const run = async () =>
		await runEngine({
			parameters: jobParameters('get', { jobId: 'a' }),
			items: jsonItems({}),
			apiUrl: 'https://unstructured.invalid',
			apiKey: node.emulator.key,
		});

	it('explains the setting if the proxy requires a password', async () => {
		refuse = (socket) =>
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
		const { error } = await run();
		expect(error?.message).toBe('The proxy requires a username and a password');
		expect(error?.description).toMatch(/^Nothing was sent to Unstructured\./);
		expect(seen).toHaveLength(1);
		expectNoKey();
	});

	it.each([
		['403 Forbidden', "The API key doesn't have permission for this"],
		['502 Bad Gateway', 'Unstructured could not process the request (status 502)'],
	])(
		'looks like Unstructured if it responds with %s',
		async (status, message) => {
			refuse = (socket) => socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`);
			expect((await run()).error?.message).toBe(message);
			expectNoKey();
		},
		60_000,
	);

	it('is reported if it closes the connection', async () => {
		refuse = (socket) => socket.end();
		const { error } = await run();
		expect(error?.message).toBe('The proxy did not connect to unstructured.invalid');
		expect(error?.description).toMatch(/^Nothing was sent to Unstructured\./);
		expectNoKey();
	}, 60_000);
});
