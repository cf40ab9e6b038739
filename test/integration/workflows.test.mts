import { byId, BUCKET, goOn, jsonItems, LOCAL_FILES, useNode } from '../support/node.mjs';

const node = useNode();
const once = jsonItems({});
const SOURCE_ID = '5f5b5a5e-3c3d-4e4f-8a8b-9c9d0e0f1a1b';
const NODES = [{ name: 'Partitioner', type: 'partition', subtype: 'vlm', settings: { a: 1 } }];

/** The bodies of the requests that change something. */
const bodies = async (method: string) =>
	(await node.emulator.requests(method)).map(({ json }) => json);

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
			{
				workflow_type: 'custom',
				workflow_nodes: [
					{ name: 'Partitioner', type: 'partition', subtype: 'unstructured_api', settings: {} },
				],
			},
		],
		[
			'a template with several nodes',
			{ templateId: byId('hi_res_and_enrichment') },
			{
				workflow_type: 'custom',
				workflow_nodes: [
					{ name: 'Partitioner', type: 'partition', subtype: 'unstructured_api', settings: {} },
					...[
						['Image descriptions', 'openai_image_description'],
						['OCR', 'anthropic_ocr'],
						['Tables', 'anthropic_table2html'],
					].map(([name, subtype]) => ({ name, type: 'prompter', subtype, settings: {} })),
				],
			},
		],
		['the state', { state: 'inactive' }, { state: 'inactive' }],
		['the state by an expression', { state: '={{ "Active" }}' }, { state: 'active' }],
		[
			'only fields that are not empty',
			{ name: 'New', sourceId: { __rl: true, mode: 'list', value: '' } },
			{ name: 'New' },
		],
	])('sends %s and nothing else', async (_what, fields, body) => {
		const { error } = await update(fields, BUCKET);
		expect(error).toBeUndefined();
		expect(await bodies('PUT')).toEqual([body]);
	});

	it('keeps the rest of the workflow and returns it', async () => {
		const { outputs } = await update({ name: 'New' }, BUCKET);
		expect(outputs[0]).toMatchObject([
			{ json: { id: BUCKET, name: 'New', sources: [SOURCE_ID] }, pairedItem: { item: 0 } },
		]);
	});

	it('deactivates and reactivates a workflow', async () => {
		for (const state of ['inactive', 'active']) {
			const { outputs } = await update({ state });
			expect(outputs[0]).toMatchObject([{ json: { id: LOCAL_FILES, status: state } }]);
		}
	});

	it.each([
		['nothing', {}, 'There is nothing to update'],
		['another state', { state: '={{ "paused" }}' }, "'State' is neither active nor inactive"],
		[
			'a template together with nodes',
			{ templateId: byId('a'), workflowNodes: '[]' },
			"A workflow has either a 'Template' or 'Nodes', not both",
		],
	])('rejects %s', async (_what, fields, message) => {
		const { error } = await update(fields);
		expect(error?.message).toBe(message);
		expect(await node.emulator.requests()).toEqual([]);
	});

	it('is retried if the response is lost, because a second attempt has no further effect', async () => {
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

	it('deletes the workflows and continues after an unknown one', async () => {
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

	it('treats a workflow that is missing after a lost attempt as deleted', async () => {
		await node.emulator.faults({ method: 'DELETE', path: '/workflows/', reset: 'afterBody' });
		const { outputs } = await del(BUCKET);
		expect(outputs[0]).toMatchObject([{ json: { deleted: true } }]);
		const statuses = (await node.emulator.requests('DELETE')).map(({ status }) => status);
		expect(statuses.at(-1)).toBe(404);
	});

	it('reports a workflow that was missing from the start', async () => {
		await node.emulator.faults({ method: 'DELETE', path: '/workflows/', status: 429 });
		const { outputs } = await del('00000000-0000-4000-8000-000000000000');
		expect(outputs[0][0].json.error).toContain('was not found');
	});

	it.each([
		['an empty 204', { replace: { status: 204 } }, { deleted: true }],
		[
			'a web page',
			{ replace: { status: 200, body: '<html>Sign in</html>', contentType: 'text/html' } },
			{ error: 'The API URL returned a web page instead of data' },
		],
	])('accepts %s as the response', async (_what, fault, json) => {
		await node.emulator.faults({ method: 'DELETE', path: '/workflows/', times: null, ...fault });
		const { outputs } = await del(BUCKET);
		expect(outputs[0]).toMatchObject([{ json }]);
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

	it("filters by connector and time, in the n8n workflow's time zone", async () => {
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

	it('rejects an invalid time', async () => {
		const { error } = await query({ createdAfter: 'yesterday' });
		expect(error?.message).toBe("'Created After' is not a date");
	});
});
