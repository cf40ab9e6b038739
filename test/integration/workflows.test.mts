import { byId, BUCKET, goOn, jsonItems, LOCAL_FILES, useNode } from '../support/node.mjs';

const node = useNode();
const once = jsonItems({});
const SOURCE_ID = '5f5b5a5e-3c3d-4e4f-8a8b-9c9d0e0f1a1b';
const NODES = [{ name: 'Partitioner', type: 'partition', subtype: 'vlm', settings: { a: 1 } }];

/** What was sent to change something. */
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

	it('from a template, with files that come with the run', async () => {
		const { outputs } = await create(template);
		expect(await bodies('POST')).toEqual([
			{ name: 'Contracts', workflow_type: 'template', template_id: 'hi_res_partition' },
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

	it('from nodes, with connectors, a schedule and options', async () => {
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
		['an expression that gives the list', '={{ $json.list }}'],
		['an expression that gives the workflow that they are copied from', '={{ $json }}'],
	])('from nodes: %s', async (_what, expression) => {
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
			"'Nodes' is not a list of nodes: it is not valid JSON (Unexpected token 'P')",
		],
		['', "'Nodes' is not a list of nodes: it is empty"],
		['{"a": 1}', "'Nodes' is not a list of nodes: there is no array with nodes"],
		[
			JSON.stringify([...NODES, { name: 'C', type: 'chunk' }]),
			"'Nodes' is not a list of nodes: node 2 needs a name, a type and a subtype",
		],
		[
			JSON.stringify([{ ...NODES[0], settings: 'fast' }]),
			"'Nodes' is not a list of nodes: node 1 has settings that are not an object",
		],
	])('refuses the nodes %s before anything is sent', async (value, message) => {
		const { error } = await create(nodes(value));
		expect(error?.message).toBe(message);
		expect(error?.description).toContain('"subtype": "vlm"');
		expect(await node.emulator.requests()).toEqual([]);
	});

	it.each([
		['no name', { ...template, name: ' ' }, "'Name' is empty for this item"],
		['no template', { templateId: byId('={{ "" }}') }, 'No template is chosen'],
		[
			'a schedule without a source',
			{ ...template, options: { schedule: 'daily' } },
			'A workflow without a source connector cannot have a schedule',
		],
	])('refuses %s before anything is sent', async (_what, parameters, message) => {
		const { error } = await create(parameters);
		expect(error?.message).toBe(message);
		expect(await node.emulator.requests()).toEqual([]);
	});

	it('says what the server said of a template that is not there', async () => {
		const { error } = await create({ templateId: byId('no_such') });
		expect(error?.message).toBe('The template or connector was not found');
		expect(error?.description).toContain('Template no_such not found');
	});

	it.each([
		['no answer', { reset: 'afterBody' as const }],
		['a broken answer', { truncate: true as const }],
		["a gateway's answer", { replace: { status: 502, body: '<html>', contentType: 'text/html' } }],
		['an answer without an ID', { replace: { status: 200, body: {} } }],
	])('sends it once after %s, and says how to check', async (_what, fault) => {
		await node.emulator.faults({ method: 'POST', path: '^/workflows/$', ...fault });
		const { error } = await create(template);
		expect(error?.message).toMatch(/, so it is not certain whether the workflow was created$/);
		expect(error?.description).toMatch(/^Before you run it again, look with .*'Get Many'/);
		expect(await node.emulator.requests('POST')).toHaveLength(1);
	});

	it('waits out a rate limit', async () => {
		await node.emulator.faults({ method: 'POST', path: '^/workflows/$', status: 429 });
		const { error } = await create(template);
		expect(error).toBeUndefined();
		expect((await node.emulator.requests('POST')).map(({ status }) => status)).toEqual([429, 200]);
	});
});

describe('Workflow: Update', () => {
	const update = (updateFields: object, id: string = LOCAL_FILES) =>
		node.run(
			{
				resource: 'workflow',
				operation: 'update',
				workflowId: byId(id),
				updateFields: updateFields as never,
			},
			once,
		);

	it.each([
		['the name', { name: 'New' }, { name: 'New' }],
		['the schedule', { schedule: 'weekly' }, { schedule: 'weekly' }],
		['no schedule', { schedule: 'none' }, { schedule: null }],
		['a switch', { reprocessAll: false }, { reprocess_all: false }],
		['the source', { sourceId: byId(SOURCE_ID) }, { source_id: SOURCE_ID }],
		[
			'no connectors',
			{
				sourceId: { __rl: true, mode: 'list', value: 'local' },
				destinationId: { __rl: true, mode: 'list', value: 'local' },
			},
			{ source_id: null, destination_id: null },
		],
		[
			'the nodes',
			{ workflowNodes: JSON.stringify(NODES) },
			{ workflow_type: 'custom', workflow_nodes: NODES },
		],
		[
			'the template',
			{ templateId: byId('hi_res_partition') },
			{ workflow_type: 'template', template_id: 'hi_res_partition' },
		],
		[
			'what is not empty',
			{ name: 'New', sourceId: { __rl: true, mode: 'list', value: '' } },
			{ name: 'New' },
		],
	])('sends %s and nothing else', async (_what, fields, body) => {
		const { error } = await update(fields, BUCKET);
		expect(error).toBeUndefined();
		expect(await bodies('PUT')).toEqual([body]);
	});

	it('leaves the rest of the workflow as it is, and gives it out', async () => {
		const { outputs } = await update({ name: 'New' }, BUCKET);
		expect(outputs[0]).toMatchObject([
			{ json: { id: BUCKET, name: 'New', sources: [SOURCE_ID] }, pairedItem: { item: 0 } },
		]);
	});

	it.each([
		['nothing', {}, 'There is nothing to update for this item'],
		[
			'a template together with nodes',
			{ templateId: byId('a'), workflowNodes: '[]' },
			"A workflow has either a 'Template' or 'Nodes', not both",
		],
	])('refuses %s', async (_what, fields, message) => {
		const { error } = await update(fields);
		expect(error?.message).toBe(message);
		expect(await node.emulator.requests()).toEqual([]);
	});

	it('is repeated after a lost answer, since it changes nothing when made twice', async () => {
		await node.emulator.faults({ method: 'PUT', path: '/workflows/', reset: 'afterBody' });
		const { outputs } = await update({ name: 'New' });
		expect(outputs[0]).toMatchObject([{ json: { name: 'New' } }]);
		expect(await node.emulator.requests('PUT')).toHaveLength(2);
	});
});

describe('Workflow: Delete', () => {
	const del = (...ids: string[]) =>
		node.run(
			{ resource: 'workflow', operation: 'delete', workflowId: byId('={{ $json.id }}') },
			jsonItems(...ids.map((id) => ({ id }))),
			goOn,
		);

	it('deletes, and goes on after one that is not there', async () => {
		const unknown = '00000000-0000-4000-8000-000000000000';
		const { outputs } = await del(unknown, BUCKET);
		expect(outputs[0]).toEqual([
			{
				json: expect.objectContaining({
					error: `The workflow '${unknown}' was not found`,
				}) as unknown,
				pairedItem: { item: 0 },
			},
			{ json: { deleted: true }, pairedItem: { item: 1 } },
		]);
	});

	it('takes a workflow that is gone after a lost answer for deleted', async () => {
		await node.emulator.faults({ method: 'DELETE', path: '/workflows/', reset: 'afterBody' });
		const { outputs } = await del(BUCKET);
		expect(outputs[0]).toMatchObject([{ json: { deleted: true } }]);
		const statuses = (await node.emulator.requests('DELETE')).map(({ status }) => status);
		expect(statuses.at(-1)).toBe(404);
	});

	it('does not, when it was not there from the start', async () => {
		await node.emulator.faults({ method: 'DELETE', path: '/workflows/', status: 429 });
		const { outputs } = await del('00000000-0000-4000-8000-000000000000');
		expect(outputs[0][0].json.error).toContain('was not found');
	});

	it.each([
		['an empty 204', { replace: { status: 204 } }, { deleted: true }],
		[
			'a web page',
			{ replace: { status: 200, body: '<html>Sign in</html>', contentType: 'text/html' } },
			{ error: 'The API URL answers with a web page instead of data' },
		],
	])('reads %s right', async (_what, fault, json) => {
		await node.emulator.faults({ method: 'DELETE', path: '/workflows/', times: null, ...fault });
		const { outputs } = await del(BUCKET);
		expect(outputs[0]).toMatchObject([{ json }]);
	});
});

describe('Template', () => {
	it('Get gives one with its nodes', async () => {
		const { outputs } = await node.run(
			{ resource: 'template', operation: 'get', templateId: byId('hi_res_partition') },
			once,
		);
		expect(outputs[0]).toMatchObject([
			{ json: { id: 'hi_res_partition', nodes: [{ type: 'partition' }] }, pairedItem: { item: 0 } },
		]);
	});

	it('Get says when there is none', async () => {
		const { error } = await node.run(
			{ resource: 'template', operation: 'get', templateId: byId('no_such') },
			once,
		);
		expect(error?.message).toBe("The template 'no_such' was not found");
	});

	it.each([
		['all', { returnAll: true }, ['hi_res_partition', 'hi_res_and_enrichment']],
		['up to the limit', { limit: 1 }, ['hi_res_partition']],
		['by a part of the name', { filters: { name: 'ENRICH' } }, ['hi_res_and_enrichment']],
	])('Get Many gives %s', async (_what, parameters, ids) => {
		const { outputs } = await node.run(
			{ resource: 'template', operation: 'getAll', ...parameters },
			once,
		);
		expect(outputs[0].map(({ json }) => json.id)).toEqual(ids);
	});
});

describe('Workflow: Get Many', () => {
	const query = async (filters: object) => {
		const { error } = await node.run(
			{ resource: 'workflow', operation: 'getAll', filters: filters as never },
			once,
			{ settings: { timezone: 'Europe/Berlin' } },
		);
		const [request] = await node.emulator.requests('GET');
		return { error, query: request?.query };
	};

	it('asks the server by connector and time, in the time zone of the n8n workflow', async () => {
		const asked = await query({
			sourceId: byId(SOURCE_ID),
			destinationId: byId('6a6b6c6d-7e7f-4a4b-8c8d-1e1f2a2b3c3d'),
			createdAfter: '2026-04-29T10:00:00',
			createdBefore: '2026-05-01T00:00:00Z',
		});
		expect(asked).toEqual({
			error: undefined,
			query: {
				source_id: SOURCE_ID,
				destination_id: '6a6b6c6d-7e7f-4a4b-8c8d-1e1f2a2b3c3d',
				created_since: '2026-04-29T08:00:00.000Z',
				created_before: '2026-05-01T00:00:00.000Z',
				page: '1',
				page_size: '100',
			},
		});
	});

	it('says when a time is none', async () => {
		const { error } = await query({ createdAfter: 'yesterday' });
		expect(error?.message).toBe("'Created After' is not a date");
	});
});
