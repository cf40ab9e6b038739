import { setTimeout } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../local/emulator/faults/plan.mjs';
import { runEngine } from '../support/engine.mjs';
import { BUCKET, byId, runParameters, useNode } from '../support/node.mjs';
import { startShiftedServer, type DateHeader } from '../support/shiftedServer.mjs';
import { document, OPERATIONS, outcomeOf, run, STARTS, useStarts } from '../support/starts.mjs';

const node = useNode();
const { startElsewhere, expectHonest } = useStarts(node);

beforeEach(() => node.emulator.options({ launchSpacing: 0 }));

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
