import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { INode } from 'n8n-workflow';
import { emulatorCredential } from '../../../local/n8n/credentials.mjs';
import { type Execution, runWorkflow } from '../../../local/n8n/executions.mjs';
import { startEmulator } from '../../support/emulator.mjs';
import { byId } from '../../support/node.mjs';
import { items, makeFile, manualTrigger, saveChain, unstructured } from '../support/chain.mjs';
import { testCredential } from '../support/credentialTest.mjs';
import { commonWorld } from '../support/commonWorld.mjs';

const jsonOf = ({ runs }: Execution, node: string) =>
	(runs[node]?.[0]?.data?.main[0] ?? []).map(({ json }) => json);

const given = items(
	{ fileName: 'a.txt', text: 'Total: 10.5' },
	{ fileName: 'a.txt', text: 'Total: 20.5' },
);

await test('a Transform account in a real n8n', async (t) => {
	const world = await commonWorld();
	t.after(world.close);
	const transform = await startEmulator(undefined, 'transform');
	t.after(() => transform.close());
	await transform.options({ jobSeconds: 1 });
	const { api } = world;
	const data = { apiKey: transform.key, apiUrl: transform.url };
	const credential = await emulatorCredential(api, data);

	const run = async (...nodes: Array<[name: string, parameters: INode['parameters']]>) => {
		const chain = nodes.map(([name, parameters]) => unstructured(name, credential, parameters));
		const id = await saveChain(api, 'Transform', [manualTrigger, given, makeFile(), ...chain]);
		return await runWorkflow(api, id, 'Start');
	};
	const others = async () =>
		(await transform.requests()).filter(({ path }) => !path.startsWith('/api/v1/jobs/'));

	await t.test(
		'the credential test accepts its key and rejects a key of the other product',
		async () => {
			const right = await testCredential(api, data);
			assert.equal(right.status, 'OK', right.message);
			const wrong = await testCredential(api, { ...data, apiKey: world.emulator.key });
			assert.equal(wrong.status, 'Error');
			assert.match(wrong.message, /API key/);
			assert.match(wrong.message, /transform\.unstructured\.io\/api-keys/);
		},
	);

	await t.test('Document and Run On-Demand need only the job routes', async () => {
		const before = (await others()).length;
		const options = { pollInterval: 1 };
		const parsed = await run(['Parse', { resource: 'document', operation: 'parse', options }]);
		assert.equal(parsed.status, 'success', parsed.error);
		assert.deepEqual(
			jsonOf(parsed, 'Parse').map(({ text }) => text),
			['Total: 10.5', 'Total: 20.5'],
		);
		const extracted = await run([
			'Extract',
			{
				resource: 'document',
				operation: 'extract',
				schemaType: 'fromJson',
				jsonSchemaExample: '{ "total": 1.5 }',
				options,
			},
		]);
		assert.equal(extracted.status, 'success', extracted.error);
		assert.deepEqual(
			jsonOf(extracted, 'Extract').map((json) => json.data),
			[{ total: 10.5 }, { total: 20.5 }],
		);
		const onDemand = await run(
			[
				'Run',
				{
					resource: 'job',
					operation: 'create',
					definition: 'nodes',
					jobNodes: '[{"name": "Partitioner", "type": "partition", "subtype": "vlm"}]',
					waitForCompletion: true,
					options,
				},
			],
			['Output', { resource: 'job', operation: 'getOutput', outputFormat: 'text' }],
		);
		assert.equal(onDemand.status, 'success', onDemand.error);
		assert.deepEqual(
			jsonOf(onDemand, 'Output').map(({ text }) => text),
			['Total: 10.5', 'Total: 20.5'],
		);
		assert.equal((await others()).length, before);
	});

	await t.test('a workflow run is rejected with an alternative before any request', async () => {
		const before = (await transform.jobs()).length;
		const { status, error, runs } = await run([
			'Run',
			{ resource: 'workflow', operation: 'run', workflowId: byId('w') },
		]);
		assert.equal(status, 'error');
		const said = runs.Run[0].error as unknown as { description?: string };
		assert.match(`${error} ${said.description}`, /Transform/);
		assert.match(`${error} ${said.description}`, /Run On-Demand/);
		assert.equal((await transform.jobs()).length, before);
	});
});
