import { isNativeError } from 'node:util/types';
import type { INodeParameters } from 'n8n-workflow';
import { listSearchContext } from '../support/contexts.mjs';
import { runEngine } from '../support/engine.mjs';
import { startHostileServer } from '../support/hostileServer.mjs';
import { Unstructured } from '../support/n8n.mjs';
import { jsonItems } from '../support/node.mjs';

let server: Awaited<ReturnType<typeof startHostileServer>>;
beforeAll(async () => {
	server = await startHostileServer();
});
afterAll(async () => {
	await server.close();
});

const api = () => ({ apiUrl: server.url, apiKey: 'key-0123456789' });
const getMany = async (resource: string, parameters: INodeParameters = {}) => {
	const result = await runEngine({
		...api(),
		parameters: { resource, operation: 'getAll', ...parameters },
		items: jsonItems({}),
	});
	const hints = result.run.data.resultData.runData.Unstructured?.[0].hints ?? [];
	return { ...result, hints: hints.map(({ message }) => message) };
};
const all = { returnAll: true };
type Row = { id?: string; name: string };

/** Serves pages with at most so many rows, and changes the list before the second page. */
function servePages(rows: Row[], most: number, before2: (rows: Row[]) => Row[] = (same) => same) {
	let current = rows;
	server.answer((_method, path) => {
		const query = new URL(path, 'http://localhost').searchParams;
		const page = Number(query.get('page'));
		const size = Math.min(most, Number(query.get('page_size')));
		if (page === 2) current = before2(current);
		return JSON.stringify(current.slice((page - 1) * size, page * size));
	});
}

const rowsWithIds = (count: number): Row[] =>
	Array.from({ length: count }, (_, i) => ({ id: `id-${i}`, name: `w${i}` }));

describe('a list with pages', () => {
	it.each([100, 20, 7, 1])(
		'is complete if a page has at most %d rows',
		async (most) => {
			servePages(rowsWithIds(130), most);
			const { outputs, hints } = await getMany('workflow', all);
			expect(outputs[0].map(({ json }) => json.id)).toEqual(rowsWithIds(130).map(({ id }) => id));
			expect(hints).toEqual([]);
		},
		60_000,
	);

	it('continues after a page that repeats a row, with a hint that the list changed', async () => {
		servePages(rowsWithIds(130), 20, (rows) => [{ id: 'new', name: 'new' }, ...rows]);
		const { outputs, hints } = await getMany('workflow', all);
		expect(outputs[0]).toHaveLength(130);
		expect(hints).toEqual([expect.stringContaining('changed while it was read')]);
	});

	it('ends if the server ignores pages or returns rows without IDs', async () => {
		for (const rows of [rowsWithIds(30), [{ name: 'x' }, { name: 'x' }, { name: 'y' }]]) {
			server.answer(() => JSON.stringify(rows));
			const { outputs } = await getMany('workflow', all);
			expect(outputs[0].map(({ json }) => json)).toEqual(rows);
			expect(server.seen).toHaveLength(2);
		}
	});
});

const LISTS = ['workflow', 'template', 'job', 'source', 'destination', 'notificationChannel'];
const PICKERS = [
	'searchWorkflows',
	'searchTemplates',
	'searchSources',
	'searchDestinationsOrNone',
	'searchChannels',
];
const isChannels = (resource: string) => /channel/i.test(resource);

const pick = async (picker: string) => {
	const search = new Unstructured().methods!.listSearch![picker];
	return await search.call(listSearchContext(api()) as never).then(
		({ results }) => results,
		(error: unknown) => error as Error,
	);
};

describe('a response that is not a list', () => {
	const bodies = ['{"items": {"a": 1}}', '{"data": []}', 'null', '{}', '"ok"', '5'];
	const cases = bodies.flatMap((body) => LISTS.map((resource) => [resource, body]));

	it.each(cases)('is an error for %s: %s', async (resource, body) => {
		server.answer(() => body);
		const { error, outputs } = await getMany(resource);
		expect(error?.message).toMatch(/could not be read|can't be read/);
		expect(error?.description).not.toBe('');
		expect(outputs).toEqual([]);
	});

	it('is an error if an object wraps the rows', async () => {
		server.answer(() => '{"items": [{"id": "a"}]}');
		for (const resource of LISTS.filter((one) => !isChannels(one))) {
			expect((await getMany(resource)).error?.message).toMatch(/could not be read/);
		}
	});

	it.each(PICKERS)('is an error instead of an empty dropdown: %s', async (picker) => {
		for (const body of bodies) {
			server.answer(() => body);
			expect(isNativeError(await pick(picker))).toBe(true);
		}
	});
});

const served = (resource: string, rows: unknown[]) =>
	server.answer((_method, path) => {
		const isLater = /[?&]page=[2-9]/.test(path) || path.includes('channel_type=email');
		const list = isLater ? [] : rows;
		return JSON.stringify(isChannels(resource) ? { items: list } : list);
	});

describe('rows with another shape', () => {
	it.each(LISTS)('are returned even with a numeric or missing ID: %s', async (resource) => {
		const rows = [{ id: 123, name: 'a', created_at: null }, { name: 'no id' }];
		served(resource, rows);
		const { outputs } = await getMany(resource);
		expect(outputs[0].map(({ json }) => json)).toEqual(rows);
	});

	it.each(LISTS)('are counted in a hint if they cannot be items: %s', async (resource) => {
		served(resource, [null, 5, 'x', [], { id: 'a' }]);
		const { outputs, hints } = await getMany(resource);
		expect(outputs[0].map(({ json }) => json)).toEqual([{ id: 'a' }]);
		expect(hints).toEqual([
			expect.stringMatching(/^4 entries of the list of .* could not be returned/),
		]);
	});

	it.each(PICKERS)('have a readable label: %s', async (picker) => {
		served(picker, [{ id: 'a' }, { id: 7, name: null, type: null, url: null }, {}, null]);
		const results = await pick(picker);
		expect(JSON.stringify(results)).not.toMatch(/undefined|null|\[object/);
		expect(results).toEqual(
			expect.arrayContaining([
				{ name: 'a', value: 'a' },
				{ name: '7', value: '7' },
			]),
		);
	});

	it.each(PICKERS)('are an error if none can be selected: %s', async (picker) => {
		served(picker, [{}, null, { name: 'x' }]);
		expect(isNativeError(await pick(picker))).toBe(true);
	});
});

describe('a limit', () => {
	const three = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
	const bad = [0, -1, 0.5, 'abc', '', null, [], {}, true, Number.NaN];

	it.each(LISTS)(
		'for %s is at least 1',
		async (resource) => {
			served(resource, three);
			for (const limit of bad) {
				const { error, outputs } = await getMany(resource, { limit: limit as string });
				expect(error?.message).toBe("'Limit' is not a number of at least 1");
				expect(outputs).toEqual([]);
			}
			for (const [limit, count] of [
				[2, 2],
				['2', 2],
				[1.5, 1],
				[1e13, 3],
			] as const) {
				const { outputs } = await getMany(resource, { limit });
				expect(outputs[0]).toHaveLength(count);
			}
		},
		60_000,
	);

	it.each(LISTS)('for %s applies if Return All is "false"', async (resource) => {
		served(resource, three);
		for (const [returnAll, count] of [
			['={{ "false" }}', 1],
			['={{ " FALSE" }}', 1],
			['={{ "true" }}', 3],
		] as const) {
			const { outputs } = await getMany(resource, { returnAll, limit: 1 });
			expect(outputs[0]).toHaveLength(count);
		}
		const { error } = await getMany(resource, { returnAll: '={{ "perhaps" }}' });
		expect(error?.message).toBe("'Return All' is neither true nor false");
	});
});
