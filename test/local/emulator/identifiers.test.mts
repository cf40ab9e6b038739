import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { useApi, type ApiJob, type Json } from './support.mjs';

const api = useApi();
const NODES = [{ name: 'P', type: 'partition', subtype: 'vlm' }];

it('a workflow is found by its key', async () => {
	const { status, body } = await api.postJson('/workflows/', {
		name: 'Contracts',
		workflow_type: 'custom',
		workflow_nodes: NODES,
		key: 'contracts-2026',
	});
	expect([status, body.key]).toEqual([200, 'contracts-2026']);
	expect((await api.call('/workflows/contracts-2026')).body).toEqual(body);
	const { body: job } = await api.run('contracts-2026', ['a.txt', 'a']);
	expect(job.workflow_id).toBe(body.id);
	expect((await api.call('/workflows/contracts-2026', { method: 'DELETE' })).status).toBe(200);
	expect((await api.call(`/workflows/${String(body.id)}`)).status).toBe(404);
});

it.each(['Capitals', 'a b', '', 'a'.repeat(64)])('rejects the key %j', async (key) => {
	const given = { name: 'a', workflow_type: 'custom', key };
	const { status, body } = await api.postJson('/workflows/', given);
	expect([status, body.detail]).toMatchObject([422, [{ loc: ['body', 'key'] }]]);
});

it('accepts a key for only one workflow', async () => {
	const given = { name: 'a', workflow_type: 'custom', key: 'same' };
	expect((await api.postJson('/workflows/', given)).status).toBe(200);
	expect((await api.postJson('/workflows/', given)).status).toBe(409);
});

it.each(['source', 'destination'])('a %s is found by its key, even in a workflow', async (kind) => {
	const given = { name: 'Bucket', type: 'filenet', config: {}, key: 'our-bucket' };
	const { body } = await api.postJson(`/${kind}s/`, given);
	expect(body).toMatchObject(given);
	expect((await api.call(`/${kind}s/our-bucket`)).body).toEqual(body);
	const { body: workflow } = await api.postJson('/workflows/', {
		name: 'a',
		workflow_type: 'custom',
		[`${kind}_id`]: 'our-bucket',
	});
	expect(workflow[`${kind}s`]).toEqual([body.id]);
});

it('a workflow can have an ID that is not a UUID', async () => {
	await api.emulator.addWorkflows([{ id: 'wf_1', name: 'One' }]);
	const { status, body } = await api.run('wf_1', ['a.txt', 'a']);
	expect([status, body.workflow_id]).toEqual([202, 'wf_1']);
	expect((await api.call<ApiJob[]>('/jobs/?workflow_id=wf_1')).body).toMatchObject([
		{ id: body.id },
	]);
	await api.emulator.advance(10);
	const { events } = (await api.call('/notifications?workflow_id=wf_1')).body as {
		events: Json[];
	};
	expect(events[0]).toMatchObject({ workflow_id: 'wf_1' });
});

it('a workflow is made inactive, and active again', async () => {
	const path = `/workflows/${SEEDED.localFiles}`;
	expect(await api.postJson(path, { state: 'inactive' }, 'PUT')).toMatchObject({
		status: 200,
		body: { status: 'inactive' },
	});
	const inactive = await api.call<Json[]>('/workflows/?status=inactive');
	expect(inactive.body.map(({ id }) => id)).toEqual([SEEDED.localFiles]);
	expect((await api.postJson(path, { state: 'active' }, 'PUT')).body.status).toBe('active');
	expect((await api.postJson(path, { state: 'paused' }, 'PUT')).body.detail).toMatchObject([
		{ type: 'enum', loc: ['body', 'state'], msg: "Input should be 'active' or 'inactive'" },
	]);
});

it.each(['opensearch', 'azure_ai_search'])('rejects %s as the type of a list', async (type) => {
	for (const kind of ['source', 'destination']) {
		const { status, body } = await api.call(`/${kind}s/?${kind}_type=${type}`);
		expect([status, body.detail]).toMatchObject([
			422,
			[{ type: 'enum', loc: ['query', `${kind}_type`] }],
		]);
	}
});

it('each node of a template has an ID', async () => {
	const ids = async () =>
		(await api.call<{ nodes: Json[] }>('/templates/hi_res_and_enrichment')).body.nodes.map(
			({ id }) => id,
		);
	expect(new Set(await ids()).size).toBe(4);
	expect(await ids()).toEqual(await ids());
});

it('creates no workflow from a template itself, but from its nodes', async () => {
	const body = { name: 'a', workflow_type: 'template', template_id: 'hi_res_partition' };
	expect((await api.postJson('/workflows/', body)).body.detail).toMatchObject([
		{ type: 'enum', loc: ['body', 'workflow_type'] },
	]);
	expect((await api.postJson(`/workflows/${SEEDED.localFiles}`, body, 'PUT')).status).toBe(422);
});
