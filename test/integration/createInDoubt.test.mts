import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { INodeParameters } from 'n8n-workflow';
import { runEngine } from '../support/engine.mjs';
import { startUntrustedServer } from '../support/faultyProxy.mjs';
import { byId, jsonItems, useNode } from '../support/node.mjs';

const node = useNode();
const once = jsonItems({});

const connector = { name: 'New', config: '{"remote_url": "s3://bucket/"}' };
/** What is created, with the path of the request. */
const CREATED: Array<[noun: string, path: string, parameters: INodeParameters]> = [
	['source', '/sources/', { resource: 'source', ...connector }],
	['destination', '/destinations/', { resource: 'destination', ...connector }],
	[
		'workflow',
		'/workflows/',
		{ resource: 'workflow', name: 'New', templateId: byId('hi_res_partition') },
	],
	[
		'notification channel',
		'/notifications/channels',
		{ resource: 'notificationChannel', url: 'https://example.com/events' },
	],
];

/** A server that treats each connection like this, without HTTPS. */
async function listen(treat: (socket: Socket) => void): Promise<Server> {
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		treat(socket);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return server;
}

const create = (apiUrl: string, parameters: INodeParameters) =>
	runEngine({
		parameters: { operation: 'create', ...parameters },
		items: once,
		apiUrl,
		apiKey: node.emulator.key,
	});

// A workflow from a template reads the template first, and fails there.
const POSTED_FIRST = CREATED.filter(([noun]) => noun !== 'workflow');

describe.each(POSTED_FIRST)('Create of a %s', (noun, _path, parameters) => {
	it.each<[string, (socket: Socket) => void, RegExp]>([
		[
			'responds without TLS',
			(socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
			/^The server at 127\.0\.0\.1:\d+ doesn't use HTTPS$/,
		],
		[
			'closes the connection before it is secure',
			(socket) => socket.once('data', () => socket.end()),
			/^Could not establish a secure connection to 127\.0\.0\.1:\d+$/,
		],
	])('says that nothing was created if the server %s', async (_what, treat, message) => {
		const server = await listen(treat);
		try {
			const { port } = server.address() as AddressInfo;
			const { error } = await create(`https://127.0.0.1:${port}`, parameters);
			expect(error?.message).toMatch(message);
			expect(error?.description).toContain(`The ${noun} was not created`);
			expect(error?.description).not.toMatch(/may or may not|may have been/);
		} finally {
			await new Promise((done) => server.close(done));
		}
	});

	it('says that nothing was created if the certificate is not trusted', async () => {
		const untrusted = await startUntrustedServer();
		try {
			const { error } = await create(untrusted.url, parameters);
			expect(error?.message).toMatch(/^Could not establish a secure connection to localhost/);
			expect(error?.description).toContain(`The ${noun} was not created`);
			expect(untrusted.seen).toEqual([]);
		} finally {
			await untrusted.close();
		}
	});
});

it.each(
	CREATED.flatMap(([noun, path, parameters]) => [
		{ noun, path, parameters, what: 'a lost response', fault: { reset: 'afterBody' as const } },
		{ noun, path, parameters, what: 'a 502', fault: { replace: { status: 502, body: '' } } },
		{ noun, path, parameters, what: 'no ID', fault: { replace: { status: 200, body: {} } } },
		{
			noun,
			path,
			parameters,
			what: 'a web page',
			fault: { replace: { status: 200, body: '<html>', contentType: 'text/html' } },
		},
	]),
)(
	'Create of a $noun says what to check after $what, and advises no retry',
	async ({ noun, path, parameters, fault }) => {
		await node.emulator.faults({ method: 'POST', path: `^${path}$`, ...fault });
		const { error } = await create(node.emulator.url, parameters);
		expect(error?.message).toMatch(
			new RegExp(`, so the ${noun} may or may not have been created$`),
		);
		expect(error?.description).toMatch(/^Before running this again, check with .*'Get Many'/);
		expect(error?.description).not.toMatch(/\b(re)?try\b/i);
		expect(await node.emulator.requests('POST', new RegExp(`${path}$`))).toHaveLength(1);
	},
);
