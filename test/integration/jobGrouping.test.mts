import { filesAsItems } from '../support/engine.mjs';
import { BUCKET, byId, goOn, LOCAL_FILES, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
const threeFiles = filesAsItems(
	['a', 'b', 'c'].map((name) => ({ name: `${name}.txt`, data: name })),
);
const runs = () => node.emulator.requests('POST', /\/run$/);

describe('one job per item', () => {
	it('starts the next job of a workflow when the previous one is finished', async () => {
		const { outputs } = await node.run(runParameters({ jobGrouping: 'each' }), threeFiles);
		const jobs = (await node.emulator.jobs()).reverse();
		expect(jobs.map(({ files }) => files.map(({ fileName }) => fileName))).toEqual([
			['a.txt'],
			['b.txt'],
			['c.txt'],
		]);
		expect(outputs[0]).toEqual(
			jobs.map(({ id }, item) => ({
				json: expect.objectContaining({ id }) as object,
				pairedItem: { item },
			})),
		);
		expect(await runs()).toHaveLength(3);
	});

	it('names the started jobs if a later one cannot start', async () => {
		await node.emulator.faults({ method: 'POST', path: '/run$', status: 403, after: 1, body: {} });
		const { error } = await node.run(runParameters({ jobGrouping: 'each' }), threeFiles);
		const [{ id }] = await node.emulator.jobs();
		expect(error?.message).toBe("The API key doesn't have permission for this");
		expect(error?.description).toContain(`Jobs that this node started: ${id}`);
	});

	it('does not repeat the whole wait for each item after a job that never finishes', async () => {
		await node.emulator.options({ jobSeconds: 60 });
		const { outputs, ms } = await node.run(
			runParameters({ jobGrouping: 'each', waitForCompletion: true, options: { timeout: 1 } }),
			threeFiles,
			goOn,
		);
		const [{ id }] = await node.emulator.jobs();
		expect(outputs[0].map(({ json }) => json.error)).toEqual([
			expect.stringMatching(new RegExp(`^Job ${id} did not finish within 1 seconds`)),
			expect.stringContaining('is not finished, so no other job was started'),
			expect.stringContaining('is not finished, so no other job was started'),
		]);
		expect(ms).toBeLessThan(2_500);
	});

	it('returns each finished job', async () => {
		const { outputs } = await node.run(
			runParameters({ jobGrouping: 'each', waitForCompletion: true }),
			threeFiles,
		);
		expect(outputs[0].map(({ json }) => json.status)).toEqual(Array(3).fill('COMPLETED'));
	});

	it('returns a finished job found after a lost response', async () => {
		await node.emulator.options({ jobSeconds: 0.01 });
		await node.emulator.faults({ method: 'POST', path: '/run$', reset: 'afterBody' });
		const { outputs } = await node.run(
			runParameters({ jobGrouping: 'each', waitForCompletion: true, splitByStatus: true }),
			threeFiles,
			goOn,
		);
		const jobs = (await node.emulator.jobs()).reverse();
		expect(outputs.map((items) => items.map(({ json }) => json.id))).toEqual([
			jobs.map(({ id }) => id),
			[],
			[],
			[],
		]);
		expect(await runs()).toHaveLength(3);
	});

	it('does not wait for a job of another workflow', async () => {
		const [other] = await node.emulator.addWorkflows([{ name: 'Other' }]);
		await node.emulator.options({ jobSeconds: 60 });
		const items = filesAsItems([
			{ name: 'a.txt', data: 'a', json: { workflow: LOCAL_FILES } },
			{ name: 'b.txt', data: 'b', json: { workflow: other.id } },
		]);
		const workflowId = { __rl: true, mode: 'id', value: '={{ $json.workflow }}' };
		const { outputs, ms } = await node.run(
			runParameters({ jobGrouping: 'each', workflowId }),
			items,
		);
		expect(outputs[0].map(({ json }) => json.workflow_id)).toEqual([LOCAL_FILES, other.id]);
		expect(ms).toBeLessThan(5_000);
	});
});

it('starts one job per workflow if the items name several', async () => {
	const [other] = await node.emulator.addWorkflows([{ name: 'Other' }]);
	const items = filesAsItems(
		['a', 'b', 'c', 'd'].map((name, i) => ({
			name,
			data: name,
			json: { workflow: i % 2 ? other.id : LOCAL_FILES },
		})),
	);
	const workflowId = { __rl: true, mode: 'id', value: '={{ $json.workflow }}' };
	const { outputs } = await node.run(runParameters({ workflowId }), items);
	expect(outputs[0].map(({ json, pairedItem }) => [json.workflow_id, pairedItem])).toEqual([
		[LOCAL_FILES, [{ item: 0 }, { item: 2 }]],
		[other.id, [{ item: 1 }, { item: 3 }]],
	]);
	expect(await node.emulator.jobs()).toHaveLength(2);
});

describe('if the second of two workflows accepts no files', () => {
	const items = filesAsItems(
		[LOCAL_FILES, BUCKET].map((workflow) => ({ name: 'a.txt', data: 'a', json: { workflow } })),
	);
	const parameters = runParameters({ workflowId: byId('={{ $json.workflow }}') });
	const message = "The workflow 'Bucket to Pinecone' reads its files from a source connector";

	it('starts no job', async () => {
		const { error } = await node.run(parameters, items);
		expect(error?.message).toBe(message);
		expect(error?.context.itemIndex).toBe(1);
		expect(await runs()).toHaveLength(0);
	});

	it("runs the first workflow with 'On Error' set to 'Continue'", async () => {
		const { outputs } = await node.run(parameters, items, goOn);
		const [{ id }] = await node.emulator.jobs();
		expect(outputs[0]).toMatchObject([{ json: { id } }, { json: { error: message } }]);
	});
});
