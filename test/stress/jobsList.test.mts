import { startHostileServer } from '../support/hostileServer.mjs';
import { filesAsItems, runEngine } from '../support/engine.mjs';
import {
	byId,
	goOn,
	jobParameters,
	jsonItems,
	LOCAL_FILES,
	runParameters,
} from '../support/node.mjs';
import { useNode } from '../support/node.mjs';

const node = useNode();
let server: Awaited<ReturnType<typeof startHostileServer>>;
beforeAll(async () => {
	server = await startHostileServer();
});
afterAll(async () => {
	await server.close();
});

const LIST = '^/jobs/$';
const statuses = (outputs: Array<Array<{ json: Record<string, unknown> }>>) =>
	outputs[0].map(({ json }) => json.error ?? json.status);
const isList = ({ path }: { path: string }) => path.endsWith('/jobs/');

/** Jobs of one workflow. All of them are finished after the last of these seconds. */
const addJobs = (count: number, last = 0.1) =>
	node.emulator.addJobs({ count, workflowId: LOCAL_FILES, endsIn: { first: 0, last } });

/** A manual execution also reads why files failed, for its hints. */
const PRODUCTION = { mode: 'trigger' as const };

const waitFor = (ids: string[], options = {}) =>
	node.run(
		jobParameters('wait', { options: { timeout: 100, ...options } }),
		jsonItems(...ids.map((id) => ({ id }))),
		{ ...goOn, ...PRODUCTION },
	);

/** `FAULTS=all` waits for as many jobs as the benchmark, which takes half a minute without a list. */
const MANY = process.env.FAULTS === 'all' ? 500 : 100;

describe('waiting for many jobs', () => {
	it.each<[string, object, number?]>([
		['fails', { status: 500 }, MANY],
		['is missing', { status: 404, body: { detail: 'Not Found' } }],
		['is not a list', { status: 200, body: { items: [] } }],
		['is empty', { status: 200, body: [] }],
		['has rows of another shape', { status: 200, body: [null, 5, 'x', [], {}, { id: 7 }] }],
		['breaks off', { truncate: true }],
		['breaks off with a reset', { reset: 'midAnswer' as const }],
	])(
		'finishes even if the list of jobs %s',
		async (_what, fault, count = 40) => {
			const ids = await addJobs(count);
			await node.emulator.faults({ method: 'GET', path: LIST, times: null, ...fault });
			const { outputs, ms } = await waitFor(ids);
			expect(statuses(outputs)).toEqual(ids.map(() => 'COMPLETED'));
			const seen = await node.emulator.requests('GET', /\/jobs\//);
			// Each job is read once, and a failing list is requested less and less often.
			expect(seen.filter((one) => !isList(one)).length).toBeLessThanOrEqual(ids.length);
			if ('status' in fault && fault.status !== 200) {
				expect(seen.filter(isList).length).toBeLessThanOrEqual(6 + count / 40);
			}
			// Checks are at least a tenth of a second apart, and each makes at most three calls.
			expect(seen.length).toBeLessThanOrEqual(3 * (ms / 100 + 1));
		},
		120_000,
	);

	it('makes at most three calls per check', async () => {
		const ids = Array.from({ length: 12 }, (_, i) => `job-${i}`);
		let lastAt = 0;
		const looks: number[] = [];
		let reads = 0;
		server.answer((_method, path) => {
			// The calls of one check follow each other. Checks are half a second apart.
			if (Date.now() - lastAt > 300) looks.push(0);
			looks[looks.length - 1]++;
			lastAt = Date.now();
			if (path.startsWith('/jobs/?') || path === '/jobs/') return '[{"id": 1}]';
			reads++;
			const id = path.split('/').at(-1);
			return JSON.stringify({ id, status: reads > 12 ? 'COMPLETED' : 'IN_PROGRESS' });
		});
		const { outputs } = await runEngine({
			apiUrl: server.url,
			apiKey: 'key-0123456789',
			...PRODUCTION,
			parameters: jobParameters('wait', { options: { timeout: 60, pollInterval: 0.5 } }),
			items: jsonItems(...ids.map((id) => ({ id }))),
		});
		expect(statuses(outputs)).toEqual(ids.map(() => 'COMPLETED'));
		expect(Math.max(...looks)).toBeLessThanOrEqual(3);
		// In turn: no job is read a second time before all were read once.
		expect(reads).toBe(24);
	}, 60_000);

	it('keeps waiting for the other jobs if one of them cannot be read', async () => {
		const ids = await addJobs(9);
		await node.emulator.faults(
			{ method: 'GET', path: LIST, times: null, status: 500 },
			{ method: 'GET', path: `/jobs/${ids[0]}$`, times: null, status: 500 },
		);
		const { outputs } = await waitFor(ids, { timeout: 8 });
		expect(statuses(outputs)).toEqual([
			expect.stringContaining(`Job ${ids[0]} did not finish within 8 seconds`),
			...ids.slice(1).map(() => 'COMPLETED'),
		]);
	}, 60_000);
});

/** A list as large as the history of an account: 1,104 jobs with 100 files each are 64.6 MB. */
function history(finished: string[]) {
	const files = Array.from({ length: 100 }, (_, i) => `contract-${i}-d88db765.pdf`);
	const outputs = files.flatMap((file_id) =>
		Array.from({ length: 4 }, () => ({
			file_id,
			node_id: '93fc2ce8-e7c8-424f-a6aa-41460fc5d35d',
			node_type: 'partition',
			node_subtype: 'unstructured_api',
		})),
	);
	const tail = `"workflow_id":"${LOCAL_FILES}","status":"COMPLETED","created_at":"2026-01-01T00:00:00Z","input_file_ids":${JSON.stringify(files)},"output_node_files":${JSON.stringify(outputs)},"job_type":"ephemeral","runtime":"PT1M23.5S"}`;
	const old = Array.from({ length: 1_104 - finished.length }, (_, i) => `old-${i}`);
	return `[${[...old, ...finished].map((id) => `{"id":"${id}",${tail}`).join(',')}]`;
}

describe('in an account whose list of jobs is over 64 MB', () => {
	const ids = ['a', 'b', 'c', 'd'];
	const list = history(ids);
	const api = () => ({ apiUrl: server.url, apiKey: 'key-0123456789' });
	let calls: Record<string, number>;
	beforeEach(() => {
		calls = {};
		server.answer((method, path) => {
			const kind = /^\/jobs\/(\?|$)/.test(path) ? 'list' : method;
			calls[kind] = (calls[kind] ?? 0) + 1;
			// The server filters by status: the history is finished.
			if (kind === 'list') return path.includes('status=') ? '[]' : list;
			if (method === 'POST')
				return '{"detail":"There is a running job in progress. No new job run."}';
			if (path.startsWith('/workflows/')) {
				return JSON.stringify({ id: LOCAL_FILES, name: 'Contracts', sources: [] });
			}
			return JSON.stringify({ id: path.split('/').at(-1), status: 'COMPLETED' });
		});
	});

	it('waits for four jobs with one call per check and little memory', async () => {
		expect(list.length).toBeGreaterThan(64 * 1024 * 1024 - 2 ** 20);
		global.gc?.();
		const before = process.memoryUsage().rss;
		const { outputs } = await runEngine({
			...api(),
			...PRODUCTION,
			parameters: jobParameters('wait', { options: { timeout: 100 } }),
			items: jsonItems(...ids.map((id) => ({ id }))),
		});
		expect(outputs[0].map(({ json }) => [json.id, json.status])).toEqual(
			ids.map((id) => [id, 'COMPLETED']),
		);
		expect(outputs[0][0].json.input_file_ids).toHaveLength(100);
		expect(calls).toEqual({ list: 1 });
		// Parsed as a whole, the list takes 64 MB for the text and several times that for the objects.
		expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(250);
	}, 120_000);

	it('returns the newest jobs', async () => {
		const { outputs, error } = await runEngine({
			...api(),
			parameters: { resource: 'job', operation: 'getAll', limit: 1 },
			items: jsonItems({}),
		});
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(1);
	}, 120_000);

	it.each(['error', 'wait', 'attach'])(
		'reports the active job of a rejected run: %s',
		async (ifActive) => {
			const { error } = await runEngine({
				...api(),
				parameters: runParameters({
					workflowId: byId(LOCAL_FILES),
					options: { ifActive, timeout: 1 },
				}),
				items: filesAsItems([{ name: 'a.txt', data: 'a' }]),
			});
			expect(error?.message).toMatch(/already has an active job/);
			expect(error?.description).toMatch(/running job in progress/);
		},
		120_000,
	);
});

describe("'If a Job Is Active' without a readable list of jobs", () => {
	const oneFile = filesAsItems([{ name: 'a.txt', data: 'a' }]);
	const breakList = () =>
		node.emulator.faults({ method: 'GET', path: LIST, times: null, status: 404 });

	it.each(['error', 'wait', 'attach'])('runs a free workflow: %s', async (ifActive) => {
		await breakList();
		const { outputs, error } = await node.run(runParameters({ options: { ifActive } }), oneFile);
		expect(error).toBeUndefined();
		expect(outputs[0]).toMatchObject([{ json: { workflow_id: LOCAL_FILES } }]);
		expect(await node.emulator.jobs()).toHaveLength(1);
	});

	it.each(['error', 'attach'])(
		'reports a busy workflow whose job is unknown: %s',
		async (ifActive) => {
			await node.emulator.addJobs({
				count: 1,
				workflowId: LOCAL_FILES,
				endsIn: { first: 60, last: 60 },
			});
			await breakList();
			const { error } = await node.run(runParameters({ options: { ifActive } }), oneFile);
			expect(error?.message).toContain('already has an active job, so none was started');
			expect(error?.description).toContain('The active job could not be identified');
			expect(await node.emulator.jobs()).toHaveLength(1);
		},
	);

	it('waits until a busy workflow is free', async () => {
		await node.emulator.addJobs({
			count: 1,
			workflowId: LOCAL_FILES,
			endsIn: { first: 1, last: 1 },
		});
		await breakList();
		const { error } = await node.run(
			runParameters({ options: { ifActive: 'wait', timeout: 20 } }),
			oneFile,
		);
		expect(error).toBeUndefined();
		expect(await node.emulator.jobs()).toHaveLength(2);
	});
});
