import type { INodeExecutionData } from 'n8n-workflow';
import { filesAsItems } from '../support/engine.mjs';
import { goOn, jobParameters, jsonItems, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
// Jobs finish immediately: their duration does not matter here.
beforeEach(() => node.emulator.options({ jobSeconds: 0 }));

const DOCUMENTS = [
	{ name: 'report.md', data: '# Report\n\nSome text.\n\n- one\n- two\n', type: 'text/markdown' },
	{ name: 'table.csv', data: 'name,sum\nA,1\n', type: 'text/csv' },
];

const getOutput = (id: unknown, parameters = {}, rest = {}) =>
	node.run(jobParameters('getOutput', parameters), jsonItems({ id }), rest);
const json = (items: INodeExecutionData[]) => items.map((item) => item.json);

describe('a job that is still running', () => {
	const running = async (seconds: number) => {
		await node.run(runParameters(), filesAsItems(DOCUMENTS));
		const [{ id }] = await node.emulator.jobs();
		await node.emulator.changeJob(id, { status: 'IN_PROGRESS', endsIn: seconds });
		return id;
	};

	it("is waited for with 'Wait for Completion'", async () => {
		await node.emulator.options({ jobSeconds: 1 });
		await node.run(runParameters(), filesAsItems(DOCUMENTS));
		const [{ id }] = await node.emulator.jobs();
		const { outputs, error } = await getOutput(id, {
			outputFormat: 'file',
			options: { ifRunning: 'wait' },
		});
		expect(error).toBeUndefined();
		expect(json(outputs[0])).toMatchObject([
			{ file_name: 'report.md' },
			{ file_name: 'table.csv' },
		]);
	});

	it('fails its item after the timeout', async () => {
		const id = await running(600);
		const options = { ifRunning: 'wait', timeout: 1 };
		const { outputs } = await getOutput(id, { options }, goOn);
		expect(json(outputs[0])).toMatchObject([{ error: expect.stringContaining(id) as unknown }]);
	});
});
