import type { INodeParameters } from 'n8n-workflow';
import { filesAsItems } from '../support/engine.mjs';
import { byId, runParameters, useNode } from '../support/node.mjs';

const node = useNode();

const idOf = (name: string) => byId(`={{ $('${name}').first().json.id }}`);
const none = { __rl: true, mode: 'list', value: 'local' };
const step = (name: string, resource: string, operation: string, rest: INodeParameters = {}) => ({
	name,
	parameters: { resource, operation, ...rest },
});

/** One n8n workflow that creates everything, gets elements, and deletes everything. */
const STEPS = [
	step('Create Source', 'source', 'create', {
		name: 'Contracts',
		config: '{"remote_url": "s3://contracts/", "key": "AKIA", "secret": "abcdefgh"}',
	}),
	step('Check Source', 'source', 'checkConnection', {
		sourceId: idOf('Create Source'),
		options: { pollInterval: 0.5 },
	}),
	step('Create Destination', 'destination', 'create', {
		name: 'Vectors',
		connectorType: 'pinecone',
		config: '{"index_name": "contracts", "namespace": "default", "api_key": "abcdefgh"}',
	}),
	step('Check Destination', 'destination', 'checkConnection', {
		destinationId: idOf('Create Destination'),
		options: { pollInterval: 0.5 },
	}),
	step('Create Workflow', 'workflow', 'create', {
		name: 'Contracts to vectors',
		templateId: byId('hi_res_partition'),
		sourceId: idOf('Create Source'),
		destinationId: idOf('Create Destination'),
		options: { schedule: 'daily' },
	}),
	{
		name: 'Run',
		parameters: runParameters({
			workflowId: idOf('Create Workflow'),
			sendInputFiles: false,
			waitForCompletion: true,
		}),
	},
	step('Take Local Files', 'workflow', 'update', {
		workflowId: idOf('Create Workflow'),
		updateFields: { sourceId: none, destinationId: none, schedule: 'none' },
	}),
	{
		name: 'Run With File',
		parameters: runParameters({
			workflowId: idOf('Create Workflow'),
			binaryPropertyName: "={{ $('Source').item.binary.data }}",
		}),
	},
	step('Wait', 'job', 'wait', { options: { pollInterval: 0.5 } }),
	step('Output', 'job', 'getOutput', { outputFormat: 'file' }),
	step('Delete Workflow', 'workflow', 'delete', { workflowId: idOf('Create Workflow') }),
	step('Delete Source', 'source', 'delete', { sourceId: idOf('Create Source') }),
	step('Delete Destination', 'destination', 'delete', {
		destinationId: idOf('Create Destination'),
	}),
];

it('creates connectors and a workflow, runs it, waits, gets the output, and deletes everything', async () => {
	const file = filesAsItems([{ name: 'contract.txt', data: 'The parties agree.' }]);
	const { run, error, outputs } = await node.run(STEPS, file);
	expect(error).toBeUndefined();
	expect(run.status).toBe('success');
	const given = (name: string) => run.data.resultData.runData[name][0].data!.main[0]!;

	expect(given('Check Source')).toMatchObject([{ json: { status: 'SUCCESS' } }]);
	expect(given('Check Destination')).toMatchObject([{ json: { status: 'SUCCESS' } }]);
	const ends = {
		sources: [given('Create Source')[0].json.id],
		destinations: [given('Create Destination')[0].json.id],
	};
	expect(given('Create Workflow')).toMatchObject([{ json: ends }]);
	expect(given('Run')).toMatchObject([{ json: { status: 'COMPLETED', input_file_ids: null } }]);
	expect(given('Take Local Files')).toMatchObject([
		{ json: { sources: [], destinations: [], schedule: null } },
	]);
	expect(given('Wait')).toMatchObject([{ json: { status: 'COMPLETED' } }]);
	expect(given('Output')).toMatchObject([
		{ json: { file_name: 'contract.txt', elements: [{ text: 'The parties agree.' }] } },
	]);
	expect(outputs[0]).toEqual([{ json: { deleted: true }, pairedItem: { item: 0 } }]);

	const left = await node.run({ resource: 'workflow', operation: 'getAll' }, file);
	expect(left.outputs[0].map(({ json }) => json.name)).not.toContain('Contracts to vectors');
	for (const resource of ['source', 'destination']) {
		const { outputs: connectors } = await node.run({ resource, operation: 'getAll' }, file);
		expect(connectors[0].map(({ json }) => json.name)).not.toContain('Contracts');
		expect(connectors[0].map(({ json }) => json.name)).not.toContain('Vectors');
	}
}, 60_000);
