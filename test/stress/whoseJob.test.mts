import type { Fault } from '../../local/emulator/faults/plan.mjs';
import { withBusyCores } from '../support/busyCores.mjs';
import { byId, runParameters, useNode } from '../support/node.mjs';
import { document, onDemand, OPERATIONS, STARTS, useStarts } from '../support/starts.mjs';

const node = useNode();
const { starts, expectHonest } = useStarts(node);

beforeEach(() => node.emulator.options({ launchSpacing: 0 }));

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
