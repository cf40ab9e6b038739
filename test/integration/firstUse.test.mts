import { createServer, type AddressInfo } from 'node:net';
import type { ICredentialTestFunctions, INodeParameters } from 'n8n-workflow';
import { credentialTestContext, listSearchContext } from '../support/contexts.mjs';
import { filesAsItems } from '../support/engine.mjs';
import { startHostileServer } from '../support/hostileServer.mjs';
import { Unstructured } from '../support/n8n.mjs';
import { jobParameters, jsonItems, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
const oneFile = filesAsItems([{ name: 'a.txt', data: 'a' }]);

const hintsOf = ({ run }: Awaited<ReturnType<typeof node.run>>) =>
	(run.data.resultData.runData.Unstructured[0].hints ?? []).map(({ message }) => message);

describe('the list of workflows', () => {
	let server: Awaited<ReturnType<typeof startHostileServer>>;
	beforeAll(async () => {
		server = await startHostileServer();
	});
	afterAll(() => server.close());

	const search = async (rows: object[], filter?: string) => {
		server.answer(() => JSON.stringify(rows));
		const ctx = listSearchContext({ apiUrl: server.url, apiKey: 'key-0123456789' });
		const { searchWorkflows: find } = new Unstructured().methods!.listSearch!;
		return (await find.call(ctx as never, filter)).results;
	};

	it('marks workflows with a source and inactive workflows', async () => {
		const rows = [
			{ id: 'a', name: 'Local', sources: [], status: 'active' },
			{ id: 'b', name: 'Bucket', sources: ['s'], status: 'active' },
			{ id: 'c', name: 'Old bucket', sources: ['s'], status: 'inactive' },
		];
		expect((await search(rows)).map(({ name }) => name)).toEqual([
			'Local',
			'Bucket (has a source)',
			'Old bucket (has a source) (inactive)',
		]);
	});

	it('suggests an alternative if it is empty', async () => {
		expect(await search([])).toEqual([
			{ name: expect.stringMatching(/'Document: Parse'.*template/) as string, value: '' },
		]);
		expect(await search([], 'invoices')).toEqual([]);
	});
});

describe('Split by Status without waiting', () => {
	const shown = (changes: INodeParameters) => {
		const { properties } = new Unstructured().description;
		const notices = properties.filter(({ name }) => name === 'splitNotice');
		return notices.map(({ displayOptions }) =>
			Object.entries(displayOptions?.show ?? {}).every(([key, values]) =>
				(values as unknown[]).includes({ '@tool': false, ...changes }[key as never]),
			),
		);
	};

	it("shows a notice that every job is returned on 'Running'", () => {
		const run = { resource: 'workflow', operation: 'run', splitByStatus: true };
		expect(shown({ ...run, waitForCompletion: false })).toContain(true);
		expect(shown({ ...run, waitForCompletion: true })).not.toContain(true);
	});
});

describe('an added option', () => {
	const added = (name: string) => {
		const options = new Unstructured().description.properties
			.filter(({ type }) => type === 'collection')
			.flatMap((field) => field.options as Array<{ name: string; type: string; default: unknown }>);
		return options.filter((option) => option.name === name);
	};

	it.each([
		'includeDetails',
		'failOnJobFailure',
		'showSecrets',
		'includeText',
		'includeInputFields',
	])('is on by default: %s', (name) => {
		const options = added(name);
		expect(options.length).toBeGreaterThan(0);
		for (const option of options) expect(option.default).toBe(true);
	});

	it('has no effect before it is added', async () => {
		const { outputs, error } = await node.run(runParameters({ waitForCompletion: true }), oneFile);
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).not.toHaveProperty('failed_files');
	});
});

describe('Get Failed Files', () => {
	it('returns an item per file with its name', async () => {
		const items = filesAsItems([
			{ name: 'a.txt', data: 'a' },
			{ name: 'b.txt', data: 'b' },
		]);
		await node.run(runParameters({ waitForCompletion: true }), items);
		const [job] = await node.emulator.jobs();
		await node.emulator.changeJob(job.id, { failedFiles: { 1: 'The file is encrypted' } });
		const ran = await node.run(
			jobParameters('getFailedFiles', { oneItemPerFile: true }),
			jsonItems({ id: job.id, input_file_ids: job.input_file_ids }),
		);
		expect(ran.outputs[0].map(({ json }) => json)).toEqual([
			{
				job_id: job.id,
				file_name: 'b.txt',
				document: job.input_file_ids?.[1],
				error: 'The file is encrypted',
			},
		]);
		expect(hintsOf(ran)).toEqual([]);
	});
});

it('explains that a server does not support TLS', async () => {
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	try {
		const { unstructuredApiTest } = new Unstructured().methods!.credentialTest!;
		const data = { apiUrl: `127.0.0.1:${port}`, apiKey: 'key-0123456789' };
		const { message } = await unstructuredApiTest.call(
			credentialTestContext() as ICredentialTestFunctions,
			{ data, id: '1', name: 'a', type: 'unstructuredApi' },
		);
		expect(message).toMatch(`The server at 127.0.0.1:${port} doesn't use HTTPS. Check the host`);
		expect(message).not.toMatch(/ssl|wrong version|routines/i);
	} finally {
		await new Promise((done) => server.close(done));
	}
});
