import { byId, jsonItems, useNode } from '../support/node.mjs';

const node = useNode();
const once = jsonItems({});
const SOURCE_ID = '5f5b5a5e-3c3d-4e4f-8a8b-9c9d0e0f1a1b';
const NODES = [{ name: 'Partitioner', type: 'partition', subtype: 'vlm', settings: { a: 1 } }];

/** The bodies of the requests that change something. */
const bodies = async (method: string) =>
	(await node.emulator.requests(method)).map(({ json }) => json);

describe('Workflow: Create', () => {
	const create = (parameters = {}, rest = {}) =>
		node.run(
			{ resource: 'workflow', operation: 'create', name: 'Contracts', ...parameters },
			once,
			rest,
		);
	const template = { templateId: byId('hi_res_partition') };
	const nodes = (value: unknown) => ({ definition: 'nodes', workflowNodes: value as string });

	it('creates a workflow from a template, with files that are sent with the run', async () => {
		const { outputs } = await create(template);
		expect(await bodies('POST')).toEqual([
			{
				name: 'Contracts',
				workflow_type: 'custom',
				workflow_nodes: [
					{ name: 'Partitioner', type: 'partition', subtype: 'unstructured_api', settings: {} },
				],
			},
		]);
		expect(outputs[0]).toMatchObject([
			{ json: { name: 'Contracts', sources: [], destinations: [] }, pairedItem: { item: 0 } },
		]);
		const { id } = outputs[0][0].json;
		const again = await node.run(
			{ resource: 'workflow', operation: 'get', workflowId: byId(id as string) },
			once,
		);
		expect(again.outputs[0][0].json).toEqual(outputs[0][0].json);
	});

	it('creates a workflow from nodes, with connectors, a schedule, and options', async () => {
		const { error, outputs } = await create({
			...nodes(JSON.stringify(NODES)),
			sourceId: byId(SOURCE_ID),
			destinationId: { __rl: true, mode: 'list', value: 'local' },
			options: { schedule: 'every 2 hours', reprocessAll: false },
		});
		expect(error).toBeUndefined();
		expect(await bodies('POST')).toEqual([
			{
				name: 'Contracts',
				workflow_type: 'custom',
				workflow_nodes: NODES,
				source_id: SOURCE_ID,
				schedule: 'every 2 hours',
				reprocess_all: false,
			},
		]);
		expect(outputs[0][0].json).toMatchObject({
			schedule: { crontab_entries: [{ cron_expression: '0 */2 * * *' }] },
		});
	});

	it.each([
		['an expression with the list', '={{ $json.list }}'],
		['an expression with the workflow to copy them from', '={{ $json }}'],
	])('creates a workflow from nodes: %s', async (_what, expression) => {
		const items = jsonItems({ list: NODES, workflow_nodes: NODES });
		await node.run(
			{ resource: 'workflow', operation: 'create', name: 'N', ...nodes(expression) },
			items,
		);
		expect(await bodies('POST')).toMatchObject([{ workflow_nodes: NODES }]);
	});

	it.each([
		[
			'[{"name": P}]',
			"'Nodes' is not a list of nodes: it is not valid JSON (line 1: text needs double quotes)",
		],
		['', "'Nodes' is not a list of nodes: it is empty"],
		['{"a": 1}', "'Nodes' is not a list of nodes: there is no array with nodes"],
		[
			JSON.stringify([...NODES, { name: 'C', type: 'chunk' }]),
			"'Nodes' is not a list of nodes: node 2 needs a name, a type, and a subtype",
		],
		[
			JSON.stringify([{ ...NODES[0], settings: 'fast' }]),
			"'Nodes' is not a list of nodes: node 1 has settings that are not an object",
		],
	])('rejects the nodes %s before any request', async (value, message) => {
		const { error } = await create(nodes(value));
		expect(error?.message).toBe(message);
		expect(error?.description).toContain('"subtype": "vlm"');
		expect(await node.emulator.requests()).toEqual([]);
	});

	it.each([
		['no name', { ...template, name: ' ' }, "'Name' is empty"],
		['no template', { templateId: byId('={{ "" }}') }, 'No template is selected'],
		[
			'a schedule without a source',
			{ ...template, options: { schedule: 'daily' } },
			"A workflow without a source connector can't have a schedule",
		],
	])('rejects %s before any request', async (_what, parameters, message) => {
		const { error } = await create(parameters);
		expect(error?.message).toBe(message);
		expect(await node.emulator.requests()).toEqual([]);
	});

	it("includes the server's message about a template that does not exist", async () => {
		const { error } = await create({ templateId: byId('no_such') });
		expect(error?.message).toBe("The template 'no_such' was not found");
		expect(error?.description).toContain('Template no_such not found');
	});

	it.each([
		['a missing response', { reset: 'afterBody' as const }],
		['a broken response', { truncate: true as const }],
		["a gateway's answer", { replace: { status: 502, body: '<html>', contentType: 'text/html' } }],
		['a response without an ID', { replace: { status: 200, body: {} } }],
	])('sends the request once after %s, and explains how to check', async (_what, fault) => {
		await node.emulator.faults({ method: 'POST', path: '^/workflows/$', ...fault });
		const { error } = await create(template);
		expect(error?.message).toMatch(/, so the workflow may or may not have been created$/);
		expect(error?.description).toMatch(/^Before running this again, check with .*'Get Many'/);
		expect(await node.emulator.requests('POST')).toHaveLength(1);
	});

	it('waits out a rate limit', async () => {
		await node.emulator.faults({ method: 'POST', path: '^/workflows/$', status: 429 });
		const { error } = await create(template);
		expect(error).toBeUndefined();
		expect((await node.emulator.requests('POST')).map(({ status }) => status)).toEqual([429, 200]);
	});
});
