import { setTimeout } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../local/emulator/faults/plan.mjs';
import { withBusyCores } from '../support/busyCores.mjs';
import { filesAsItems, runEngine, type EngineResult } from '../support/engine.mjs';
import {
	BUCKET,
	byId,
	jobParameters,
	LOCAL_FILES,
	runParameters,
	useNode,
} from '../support/node.mjs';
import { startShiftedServer, type DateHeader } from '../support/shiftedServer.mjs';

const node = useNode();
const IN_DOUBT = /a job may or may not have started$/;
/** The server handled the other start first, whichever it received first. */
const REJECTED = /already has an active job, so none was started$/;

const run = runParameters();
const onDemand = jobParameters('create', { templateId: byId('hi_res_partition') });
const OPERATIONS: Array<[string, INodeParameters]> = [
	['Run', run],
	['Run On-Demand', onDemand],
];
const STARTS = '/run$|/jobs/$';

/** A file that the server knows by its size. */
const document = (name: string, bytes = 100) =>
	filesAsItems([{ name, data: 'x'.repeat(bytes), type: 'application/pdf', json: { bytes } }]);

const outcomeOf = ({ outputs, error }: EngineResult) =>
	error ? error.message : (outputs[0][0].json.id as string);

/** Starts a job as another client of the same account, unknown to this n8n process. */
async function startElsewhere(name: string, path = `/workflows/${LOCAL_FILES}/run`) {
	const form = new FormData();
	form.append('input_files', new Blob(['by another client']), name);
	if (path === '/jobs/') form.append('request_data', '{"template_id": "hi_res_partition"}');
	const response = await fetch(`${node.emulator.url}/api/v1${path}`, {
		method: 'POST',
		headers: { 'unstructured-api-key': node.emulator.key },
		body: form,
	});
	const { id } = (await response.json()) as { id?: string };
	if (!id) throw new Error(`No job was started: ${response.status}`);
	return id;
}

beforeEach(() => node.emulator.options({ launchSpacing: 0 }));

const starts = () => node.emulator.requests('POST', new RegExp(STARTS));

/**
 * Checks that each execution returns the job of its own document, reports a doubt, or was rejected and has no job, and that
 * nothing was sent twice. Each document has a size of its own.
 */
async function expectHonest(results: EngineResult[], sent = results.length) {
	const outcomes = results.map(outcomeOf);
	const inDoubt = outcomes.filter((outcome) => IN_DOUBT.test(outcome));
	const given = outcomes.filter((outcome) => !IN_DOUBT.test(outcome) && !REJECTED.test(outcome));
	const jobs = await node.emulator.jobs();
	for (const [i, outcome] of outcomes.entries()) {
		if (IN_DOUBT.test(outcome)) continue;
		const document = results[i].run.data.resultData.runData.Source[0].data?.main[0]?.[0].json;
		if (REJECTED.test(outcome)) {
			expect(jobs.map(({ files }) => files[0].size)).not.toContain(document?.bytes);
			continue;
		}
		const size = jobs.find(({ id }) => id === outcome)?.files[0].size;
		expect([outcome, size]).toEqual([outcome, document?.bytes]);
	}
	expect(new Set(given).size).toBe(given.length);
	expect(await starts()).toHaveLength(sent);
	return { given, inDoubt };
}

const LOST: Array<[string, Fault]> = [
	['is lost', { reset: 'afterBody' }],
	['is a 502 of a gateway', { status: 502, body: '' }],
];

describe.each(OPERATIONS)('%s in two executions at once', (_operation, parameters) => {
	const both = async (...names: string[]) =>
		await Promise.all(names.map((name, i) => node.run(parameters, document(name, 100 + i))));

	// A job is created late enough for both to have found the workflow free, even on a busy machine.
	beforeEach(() => node.emulator.options({ jobSeconds: 3, acceptSeconds: 0.5 }));

	it.each([
		...LOST.map(([lost, fault]) => [lost, 'invoice.pdf', 'invoice.pdf', fault] as const),
		...LOST.map(([lost, fault]) => [lost, '請求書.pdf', '契約書.pdf', fault] as const),
		...LOST.map(([lost, fault]) => [lost, 'Договор.pdf', 'Счёт.pdf', fault] as const),
	])(
		"does not return the other's job if a response %s: %s, %s",
		async (_lost, one, other, fault) => {
			await node.emulator.faults({ method: 'POST', path: STARTS, after: 1, ...fault });
			const { given } = await expectHonest(await both(one, other));
			expect(given.length).toBeGreaterThanOrEqual(1);
		},
	);

	it('returns no job if both are in doubt with the same name', async () => {
		await node.emulator.faults(
			{ method: 'POST', path: STARTS, reset: 'afterBody' },
			{ method: 'POST', path: STARTS, status: 502, body: '' },
		);
		const { inDoubt } = await expectHonest(await both('invoice.pdf', 'invoice.pdf'));
		expect(inDoubt).toHaveLength(2);
		expect(await node.emulator.jobs()).toHaveLength(1);
	});
});

it('does not return a job that another execution received during the upload', async () => {
	await node.emulator.options({ jobSeconds: 0.3 });
	await node.emulator.faults({
		method: 'POST',
		path: '/run$',
		status: 504,
		body: '',
		delayMs: 3_000,
	});
	const waiting = runParameters({ waitForCompletion: true });
	const slow = node.run(waiting, document('invoice.pdf', 101));
	await node.emulator.arrived('POST', /\/run$/);
	const fast = await node.run(waiting, document('invoice.pdf', 102));
	expect(fast.outputs[0]).toMatchObject([{ json: { status: 'COMPLETED' } }]);
	const { inDoubt } = await expectHonest([fast, await slow]);
	expect(inDoubt).toHaveLength(1);
});

describe.each(OPERATIONS)('%s whose response is lost', (operation, parameters) => {
	const path = operation === 'Run' ? undefined : '/jobs/';

	async function runThrough(date: DateHeader, name: string) {
		const shifted = await startShiftedServer(node.emulator.url, date);
		try {
			const { key: apiKey } = node.emulator;
			return await runEngine({ parameters, items: document(name), apiUrl: shifted.url, apiKey });
		} finally {
			await shifted.close();
		}
	}

	it.each([
		'invoice.pdf',
		'2507.13305v1 final.pdf',
		'請求書.pdf',
		'Счёт (2).pdf',
		'report-20240131.pdf',
	])('returns its own job of %s', async (name) => {
		await node.emulator.faults({ method: 'POST', path: STARTS, reset: 'afterBody' });
		const { given } = await expectHonest([await node.run(parameters, document(name))]);
		expect(given).toHaveLength(1);
	});

	it.each([7, -7])(
		'returns its own job, with a clock that is %s minutes ahead',
		async (minutes) => {
			await node.emulator.faults({ method: 'POST', path: STARTS, reset: 'afterBody' });
			const { given } = await expectHonest([await runThrough(minutes * 60_000, 'invoice.pdf')]);
			expect(given).toHaveLength(1);
		},
	);

	it("reports a doubt and names the job if the server's clock is unknown", async () => {
		await node.emulator.faults({ method: 'POST', path: STARTS, reset: 'afterBody' });
		const result = await runThrough('none', 'invoice.pdf');
		const [{ id }] = await node.emulator.jobs();
		const { inDoubt } = await expectHonest([result]);
		expect(inDoubt).toHaveLength(1);
		expect(result.error?.description).toContain(id);
		expect(result.error?.description).toContain("'Job: Get Many'");
	});

	it.each<[string, DateHeader]>([
		['the same clock', 0],
		['no clock', 'none'],
		['a clock that is ahead', 420_000],
		['a clock that is behind', -420_000],
	])('does not return an older job of another client, with %s', async (_clock, date) => {
		await node.emulator.options({ jobSeconds: 0.01 });
		await startElsewhere('invoice.pdf', path);
		await setTimeout(20);
		await node.emulator.faults({ method: 'POST', path: STARTS, status: 502, body: '' });
		const { inDoubt } = await expectHonest([await runThrough(date, 'invoice.pdf')], 2);
		expect(inDoubt).toHaveLength(1);
	});

	it("does not return another client's job started meanwhile with the same name", async () => {
		await node.emulator.options({ jobSeconds: 0.01 });
		await node.emulator.faults({ method: 'POST', path: STARTS, reset: 'afterBody' });
		const running = node.run(parameters, document('invoice.pdf'));
		await node.emulator.arrived('POST', new RegExp(STARTS));
		await setTimeout(50);
		await startElsewhere('invoice.pdf', path);
		const result = await running;
		expect(await node.emulator.jobs()).toHaveLength(2);
		const { given } = await expectHonest([result], 2);
		const [, own] = await node.emulator.jobs();
		expect(given.filter((id) => id !== own.id)).toEqual([]);
	});
});

/** docs/reliability.md lists these limits. */
describe('returns the job of another client, started during a lost request,', () => {
	it.each<[string, INodeParameters, () => Promise<string>]>([
		['if it is the only one with the same file names', run, () => startElsewhere('invoice.pdf')],
		[
			'if the workflow reads its files from a source connector',
			runParameters({ workflowId: byId(BUCKET), sendInputFiles: false }),
			async () => (await node.emulator.addJobs({ count: 1, workflowId: BUCKET }))[0],
		],
	])('%s', async (_when, parameters, start) => {
		const lost: Fault = { method: 'POST', path: STARTS, status: 502, body: '', delayMs: 2_000 };
		await node.emulator.faults(lost);
		const running = node.run(parameters, document('invoice.pdf'));
		await node.emulator.arrived('POST', new RegExp(STARTS));
		await setTimeout(500);
		const id = await start();
		expect(outcomeOf(await running)).toBe(id);
	});
});

/** Two rounds test each operation and each lost response once, four test each pair. 20 rounds take minutes. */
const ROUNDS = process.env.FAULTS === 'all' ? 20 : 2;

it(`never returns the job of another execution in ${ROUNDS} rounds with busy cores`, async () => {
	await node.emulator.options({ jobSeconds: 60 });
	await withBusyCores(async () => {
		for (let round = 0; round < ROUNDS; round++) {
			const workflows = await node.emulator.addWorkflows([{ name: `Round ${round}` }]);
			const parameters =
				round % 2 ? onDemand : runParameters({ workflowId: byId(workflows[0].id) });
			const before = (await starts()).length;
			const fault = LOST[[0, 1, 1, 0][round % 4]][1];
			await node.emulator.faults({ method: 'POST', path: STARTS, after: 1, ...fault });
			const results = await Promise.all(
				[1, 2].map((place) =>
					node.run(parameters, document('invoice.pdf', 100 + 2 * round + place)),
				),
			);
			await expectHonest(results, before + 2);
		}
	});
}, 400_000);
