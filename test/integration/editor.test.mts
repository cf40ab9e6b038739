import { setTimeout } from 'node:timers/promises';
import type { ICredentialTestFunctions, INodeListSearchResult } from 'n8n-workflow';
import { startEmulator, type Emulator } from '../support/emulator.mjs';
import { credentialTestContext, listSearchContext } from '../support/contexts.mjs';
import { startTransformServer } from '../support/transformServer.mjs';
import { Unstructured } from '../support/n8n.mjs';

const { methods } = new Unstructured();

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('the credential test', () => {
	const test = (apiUrl: string, apiKey = emulator.key) =>
		methods!.credentialTest!.unstructuredApiTest.call(
			credentialTestContext() as ICredentialTestFunctions,
			{ id: '1', name: 'x', type: 'unstructuredApi', data: { apiKey, apiUrl } },
		);

	it.each(['', '/', '/api/v1', '/api/v1/'])(
		'accepts the right key at a URL ending in %j',
		async (ending) => {
			expect(await test(`${emulator.url}${ending}`, ` ${emulator.key}\n`)).toEqual({
				status: 'OK',
				message: 'Connection successful',
			});
		},
	);

	it('accepts an account without workflows', async () => {
		await emulator.faults({ path: '/workflows/', status: 200, body: [] });
		expect(await test(emulator.url)).toMatchObject({ status: 'OK' });
	});

	it.each([403, 404] as const)(
		'accepts a Transform account (%d for workflows)',
		async (missing) => {
			const transform = await startTransformServer(emulator.url, missing);
			try {
				expect(await test(transform.url)).toMatchObject({ status: 'OK' });
				expect(await test(transform.url, 'another-key-0123456789')).toMatchObject({
					status: 'Error',
					message: expect.stringMatching(/^Unstructured did not recognize this API key/) as string,
				});
			} finally {
				await transform.close();
			}
		},
	);

	it.each([
		[
			'a wrong key',
			() => [emulator.url, 'another-key-0123456789'],
			/^Unstructured did not recognize this API key\. .*Pipelines account.*Transform account/,
		],
		[
			'a malformed key',
			() => [emulator.url, 'a key'],
			/^The API key is not a valid Unstructured key/,
		],
		['no key', () => [emulator.url, ''], /^The API key is missing/],
		['a path without the API', () => [`${emulator.url}/x`], /^Nothing was found at the API URL/],
		['a port without a server', () => ['http://127.0.0.1:9'], /^Could not connect to 127.0.0.1:9/],
		[
			'a host that does not exist',
			() => ['https://unstructured.invalid'],
			/^The host unstructured.invalid was not found/,
		],
		[
			'plain HTTP',
			() => ['http://platform.unstructuredapp.io'],
			/^The API URL must start with https/,
		],
		['the web interface', () => ['https://platform.unstructured.io'], /web interface/],
		[
			'the Partition Endpoint',
			() => ['https://api.unstructuredapp.io/general/v0/general'],
			/Partition Endpoint/,
		],
	])('explains %s', async (_what, given, message) => {
		const [apiUrl = '', apiKey] = given();
		const result = await test(apiUrl, apiKey);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(message);
	});

	it.each([
		['a web page', { status: 200, body: '<html>Sign in</html>' }, /web page instead of data/],
		[
			'a redirect',
			{ status: 302, headers: { location: 'https://elsewhere.example' } },
			/redirects to another URL/,
		],
		['a failing server', { status: 503, body: '' }, /could not process the request/],
		[
			'a closed connection',
			{ reset: 'before' as const },
			/was closed before the response was complete/,
		],
	])('explains %s', async (_what, fault, message) => {
		await emulator.faults({ path: '/workflows/', ...fault });
		expect((await test(emulator.url)).message).toMatch(message);
	});

	it('never shows the key', async () => {
		await emulator.faults({
			path: '/workflows/',
			status: 400,
			body: { detail: `bad ${emulator.key}` },
		});
		expect((await test(emulator.url)).message).not.toContain(emulator.key);
	});
});

const picker =
	(method: string) =>
	(filter?: string, token?: string): Promise<INodeListSearchResult> =>
		methods!.listSearch![method].call(
			listSearchContext({ apiUrl: emulator.url, apiKey: emulator.key }),
			filter,
			token,
		);

describe('the workflow picker', () => {
	const search = picker('searchWorkflows');

	it('shows names and marks inactive workflows', async () => {
		await emulator.addWorkflows([{ name: 'Old', status: 'inactive' }]);
		const { results, paginationToken } = await search();
		expect(results.map(({ name }) => name)).toEqual(
			expect.arrayContaining([
				'Local files to elements',
				'Bucket to Pinecone (has a source)',
				'Old (inactive)',
			]),
		);
		expect(paginationToken).toBeUndefined();
	});

	it('shows each of 1,000 workflows once, page by page', async () => {
		await emulator.addWorkflows(
			Array.from({ length: 1_000 }, (_, i) => ({ name: `Workflow ${i}` })),
		);
		const seen: unknown[] = [];
		let token: string | undefined;
		do {
			const { results, paginationToken } = await search('', token);
			expect(results.length).toBeLessThanOrEqual(150);
			seen.push(...results.map(({ value }) => value));
			token = paginationToken;
		} while (token);
		expect(seen).toHaveLength(1_003);
		expect(new Set(seen).size).toBe(1_003);
	});

	it('finds a workflow on the last page by part of its name and by ID', async () => {
		await emulator.addWorkflows(Array.from({ length: 300 }, (_, i) => ({ name: `Workflow ${i}` })));
		const { results } = await search('flow 299');
		expect(results).toMatchObject([{ name: 'Workflow 299' }]);
		expect((await search(String(results[0].value))).results).toHaveLength(1);
	});

	it('reports a wrong key instead of showing an empty list', async () => {
		await emulator.faults({
			path: '/workflows/',
			status: 401,
			body: { detail: 'API key is invalid' },
		});
		await expect(search()).rejects.toThrow('Unstructured did not recognize this API key');
	});
});

describe('the workflow picker with 10,000 workflows', () => {
	const search = picker('searchWorkflows');
	const pagesRead = async () => (await emulator.requests('GET', /workflows\/$/)).length;
	beforeEach(() => emulator.addManyWorkflows(10_000));

	it('opens with one page', async () => {
		const { results, paginationToken } = await search();
		expect(results).toHaveLength(100);
		expect(paginationToken).toBeDefined();
		expect(await pagesRead()).toBe(1);
	});

	it('finds a workflow on any page and reports that there are no more', async () => {
		await emulator.addWorkflows([
			{ name: 'Contracts', id: 'ffffffff-ffff-4fff-bfff-ffffffffffff' },
		]);
		const started = Date.now();
		expect(await search('contr')).toEqual({
			results: [{ name: 'Contracts', value: 'ffffffff-ffff-4fff-bfff-ffffffffffff' }],
		});
		expect(Date.now() - started).toBeLessThan(15_000);
		expect(await pagesRead()).toBeLessThan(110);
	});

	it('shows the first of many matches at once, and more on scrolling', async () => {
		const first = await search('workflow 1');
		expect(first.results.length).toBeGreaterThanOrEqual(50);
		expect(await pagesRead()).toBeLessThan(20);
		const second = await search('workflow 1', first.paginationToken);
		const ids = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('stops a search when the search text changes', async () => {
		const first = search('contrx');
		while ((await pagesRead()) < 5) await setTimeout(5);
		const second = search('contrxy');
		await first;
		const readByThen = await pagesRead();
		expect(readByThen).toBeLessThan(60);
		expect((await second).results).toEqual([]);
		// The second search has read its hundred pages; the first one stopped.
		expect(await pagesRead()).toBeLessThan(readByThen + 110);
	});

	it('keeps a search of another user running', async () => {
		const [one, other] = await Promise.all([search('workflow 9999'), search('flow 10000')]);
		expect(one.results).toMatchObject([{ name: 'Workflow 9999' }]);
		expect(other.results).toMatchObject([{ name: 'Workflow 10000' }]);
	});
});
