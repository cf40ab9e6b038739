import { stringify } from 'flatted';
import type { INodeParameters } from 'n8n-workflow';
import { credentialTestContext } from '../support/contexts.mjs';
import { filesAsItems, runEngine, type MakeItems } from '../support/engine.mjs';
import { startFaultyProxy } from '../support/faultyProxy.mjs';
import { startHostileServer, type Answering } from '../support/hostileServer.mjs';
import { gzipBomb, hugeErrorBody } from '../support/networkFaults.mjs';
import { Unstructured, useBinaryMode } from '../support/n8n.mjs';
import { byId, goOn, jobParameters, jsonItems } from '../support/node.mjs';

/** IDs, names, and JSON from a malicious server: no path is built from them unescaped, and nothing crashes. */
const KEY = 'hostile-key-0123456789';
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

let server: Awaited<ReturnType<typeof startHostileServer>>;
beforeAll(async () => {
	await useBinaryMode('filesystem');
	server = await startHostileServer();
});
afterAll(async () => {
	await server.close();
	await useBinaryMode('default');
});

async function run(parameters: INodeParameters, items: MakeItems, answering: Answering) {
	server.answer(answering);
	const result = await runEngine({ parameters, items, apiUrl: server.url, apiKey: KEY, ...goOn });
	expect(result.error).toBeUndefined();
	// n8n serializes the result: an execution that cannot be saved is lost.
	expect(stringify(result.run).length).toBeGreaterThan(0);
	return result.outputs[0];
}

const oneFile = filesAsItems([{ name: 'a.txt', data: 'a' }]);
const HOSTILE_IDS = [
	'../../etc/passwd',
	'..',
	'.',
	'%2e%2e',
	'%2e%2e%2fworkflows',
	'a/../../x',
	'a\r\nx-injected: 1',
	'a\nb',
	'a?b=c#d',
	'a\u0000b',
	'\ud800',
	'__proto__',
	'constructor',
	' ',
	'-'.repeat(500),
];

describe.each(HOSTILE_IDS)('the ID %j', (id) => {
	const job = JSON.stringify({ id, status: 'COMPLETED', input_file_ids: [id], workflow_id: id });

	const expectPaths = (least: number) => {
		expect(server.seen.length).toBeGreaterThanOrEqual(least);
		for (const { target, headers } of server.seen) {
			expect(target).not.toMatch(/[\s\p{Cc}]/u);
			expect(target.split('?')[0].split('/').slice(0, 4)).toEqual([
				'',
				'api',
				'v1',
				expect.stringMatching(/^(jobs|workflows)$/),
			]);
			expect(target.split('?')[0].split('/').length).toBeLessThanOrEqual(6);
			expect(target).not.toMatch(/\/(\.|%2e){1,2}(\/|\?|$)/i);
			expect(headers['x-injected']).toBeUndefined();
		}
	};

	it('of a started job is waited for and returned unchanged', async () => {
		const [item] = await run(
			{
				resource: 'workflow',
				operation: 'run',
				workflowId: byId('w'),
				waitForCompletion: true,
				options: { includeDetails: true, pollInterval: 0.1 },
			},
			oneFile,
			(method, path) => {
				if (method === 'POST') return JSON.stringify({ id, status: 'SCHEDULED' });
				if (path.endsWith('/details')) return '{"processing_status":"COMPLETED"}';
				if (path.endsWith('/failed-files')) return '{"failed_files":[]}';
				return path.startsWith('/jobs/') ? job : '{"id":"w","name":"W","sources":[]}';
			},
		);
		expectPaths(5);
		expect(item.json).toMatchObject({ id, status: 'COMPLETED' });
	});

	const parse = async (fileId: string) =>
		await run(
			{ resource: 'document', operation: 'parse', options: { pollInterval: 0.1 } },
			oneFile,
			(method, path) => {
				if (method === 'POST') return JSON.stringify({ id, status: 'SCHEDULED' });
				if (path.startsWith('/jobs/?')) return '[]';
				if (path.includes('/download?')) return '[{"type":"Title","text":"T"}]';
				if (path.endsWith('/failed-files')) return '{"failed_files":[]}';
				return JSON.stringify({ id, status: 'COMPLETED', input_file_ids: [fileId] });
			},
		);

	it('of a job that Document started is used to read the text of the file', async () => {
		const [item] = await parse('a-d88db765.txt');
		expectPaths(5);
		expect(item.json).toMatchObject({ job_id: id, file_name: 'a.txt', text: '# T' });
	});

	it('of a file that Document did not send is not returned', async () => {
		const [item] = await parse(id);
		expectPaths(3);
		expect(item.json.error).toContain('fits none of the files that were sent');
		expect(server.seen.some(({ target }) => target.includes('/download'))).toBe(false);
	});

	it('of a file is sent in the query and names no local file', async () => {
		const [item] = await run(
			jobParameters('getOutput', { outputFormat: 'binary' }),
			jsonItems({ id: 'j' }),
			(_method, path) => {
				if (path.includes('/download?')) return '[]';
				return path.endsWith('/failed-files') ? '{"failed_files":[]}' : job;
			},
		);
		expectPaths(3);
		expect(item.json).toMatchObject({ file_id: id });
		expect(item.binary?.data.fileName).toMatch(/^[^/\\\p{Cc}]{1,200}$/u);
		expect(item.binary?.data.directory ?? '').not.toContain('..');
	});
});

describe('JSON', () => {
	const read = async (text: string) =>
		(await run(jobParameters('get'), jsonItems({ id: 'j' }), () => text))[0].json;
	const elements = async (text: string, outputFormat = 'elements') =>
		await run(jobParameters('getOutput', { outputFormat }), jsonItems({ id: 'j' }), (_m, path) => {
			if (path.includes('/download?')) return text;
			return path.endsWith('/failed-files')
				? '{"failed_files":[]}'
				: '{"id":"j","status":"COMPLETED","input_file_ids":["a.txt"]}';
		});

	it('with prototype keys changes no prototype', async () => {
		const keys = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
		const job = await read(`{"id":"j","status":"COMPLETED",${keys}}`);
		expect(job.id).toBe('j');
		await elements(
			`[{"type":"Text","text":"a",${keys},"metadata":{${keys}}},{"type":"Text","text":"b",${keys}}]`,
		);
		await elements(`[{"type":"__proto__","text":"a","metadata":{${keys}}}]`, 'text');
		expect(({} as { polluted?: number }).polluted).toBeUndefined();
		expect(Object.keys(Object.prototype)).toEqual([]);
	});

	it('nested too deeply is rejected as a response', async () => {
		const job = await read(`{"id":"j","status":"COMPLETED","x":${deep(1_000_000)}}`);
		expect(job.error).toBe('The response from Unstructured could not be read');
	});

	it.each([1_000, 1_000_000])(
		'nested %d levels deep is not returned as an element',
		async (levels) => {
			for (const format of ['elements', 'file', 'text']) {
				const [item] = await elements(`[{"text":"a","x":${deep(levels)}}]`, format);
				expect(item.json.error).toContain('is nested in more than 500 levels');
			}
			const [inString] = await elements(JSON.stringify(`[${deep(levels)}]`));
			expect(inString.json.error).toContain('is nested in more than 500 levels');
		},
	);

	it('nested 400 levels deep is returned', async () => {
		expect((await read(`{"id":"j","x":${deep(400)}}`)).error).toBeUndefined();
		expect(await elements(`[{"text":"a","x":${deep(400)}}]`)).toHaveLength(1);
	});

	it('with texts of 10 MB is returned, but not in messages and paths', async () => {
		const long = 'x'.repeat(10_000_000);
		expect((await read(JSON.stringify({ id: 'j', status: long }))).status).toHaveLength(10_000_000);
		const withLongId = await read(JSON.stringify({ id: long, status: 'COMPLETED' }));
		expect(JSON.stringify(withLongId).length).toBeLessThan(1_000);
		const waited = await run(
			jobParameters('wait', { options: { timeout: 1, failOnJobFailure: true } }),
			jsonItems({ id: 'j' }),
			() => JSON.stringify({ id: 'j', status: long, workflow_name: long }),
		);
		expect(JSON.stringify(waited[0].json).length).toBeLessThan(2_000);
	}, 60_000);

	it.each(['{}', '[]', 'null', '7', '"a"', '{"id":7}', '{"id":null}', '{"id":{}}', '{"id":""}'])(
		'%s names no job, so one may or may not have started',
		async (text) => {
			const [item] = await run(
				{ resource: 'workflow', operation: 'run', workflowId: byId('w') },
				oneFile,
				(method, path) => {
					if (method === 'POST') return text;
					return path.startsWith('/jobs/') ? '[]' : '{"id":"w","sources":[]}';
				},
			);
			expect(item.json.error).toMatch(/so a job may or may not have started$/);
			expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
		},
	);
});

describe('the credential test', () => {
	it.each([
		['a gzip bomb', gzipBomb(200), /is too large|could not be read/],
		['a 100 MB error', hugeErrorBody, /could not process the request \(status 500\)/],
	])('reads no more of %s than it needs', async (_what, fault, message) => {
		const proxy = await startFaultyProxy(server.url);
		const apiUrl = proxy.url('way', { fault, meets: () => true, times: 1 });
		const { methods } = new Unstructured();
		const [test] = Object.values(methods!.credentialTest!);
		const before = process.memoryUsage.rss();
		const result = await test.call(credentialTestContext() as never, {
			id: '1',
			name: 'Test',
			type: 'unstructuredApi',
			data: { apiUrl, apiKey: KEY },
		});
		expect(result.message).toMatch(message);
		expect(process.memoryUsage.rss() - before).toBeLessThan(400_000_000);
		await proxy.close();
	});
});
