import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { form, useApi, type ApiJob } from './support.mjs';

const api = useApi();
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const RUN = `/workflows/${SEEDED.localFiles}/run`;
const FILES: Array<[string, string]> = [
	['a.txt', 'a'],
	['b.txt', 'b'],
];

describe('the key', () => {
	it.each([
		['', 'API key is missing, please provide an API key in the header.'],
		['short', 'API key is malformed, please type the API key correctly in the header.'],
		['with spaces in it', 'API key is malformed, please type the API key correctly in the header.'],
		['unknown-0123456789', 'API key is invalid, please provide a valid API key in the header.'],
	])('%j: %s', async (key, detail) => {
		const headers = { 'unstructured-api-key': key };
		expect(await api.call('/workflows/', { headers })).toMatchObject({
			status: 401,
			body: { detail },
		});
	});

	it('is checked before anything else', async () => {
		const headers = {
			'unstructured-api-key': 'unknown-0123456789',
			'content-type': 'application/json',
		};
		for (const path of ['/workflows/', '/workflows', RUN, '/nowhere', '/jobs/nope/cancel']) {
			const { status } = await api.call(path, { method: 'POST', headers, body: '{' });
			expect([path, status]).toEqual([path, 401]);
		}
	});

	it('is reported as missing', async () => {
		const response = await fetch(`${api.emulator.url}/api/v1/workflows/`);
		expect([response.status, await response.json()]).toEqual([
			401,
			{ detail: 'API key is missing, please provide an API key in the header.' },
		]);
	});

	it('is in no response and not in the log', async () => {
		const answers = [
			await api.post('/workflows/'),
			await api.post('/jobs/', new FormData()),
			await api.call('/jobs/nope/download?node_id=x'),
			await api.call('/workflows/?page=x'),
			await api.postJson('/workflows/', {}),
			await api.control('requests'),
		];
		expect(JSON.stringify(answers)).not.toContain(api.emulator.key);
		expect(answers[0]).toMatchObject({
			status: 422,
			body: { detail: [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }] },
		});
	});
});

describe('routes', () => {
	it.each([
		['GET', '/nowhere', 404, 'Not Found'],
		['GET', `/workflows/${UNKNOWN}`, 404, 'Workflow not found'],
		['POST', `/workflows/${UNKNOWN}/run`, 404, 'Workflow not found'],
		['GET', `/jobs/${UNKNOWN}`, 404, 'Job not found'],
		['GET', `/jobs/${UNKNOWN}/details`, 404, 'Job not found'],
		['POST', `/jobs/${UNKNOWN}/cancel`, 404, 'Job not found'],
		['GET', '/templates/nope', 404, 'Template nope not found'],
		['DELETE', '/jobs/', 405, 'Method Not Allowed'],
		['GET', RUN, 405, 'Method Not Allowed'],
	])('%s %s: %d %s', async (method, path, status, detail) => {
		const { status: answered, body } = await api.call(path, { method });
		expect([answered, body]).toEqual([status, { detail }]);
	});

	it.each(['GET', 'POST'])('redirects %s of a collection without its slash', async (method) => {
		const { status, headers } = await api.call('/workflows?page=2', { method });
		expect([status, headers.get('location')]).toEqual([307, '/api/v1/workflows/?page=2']);
	});

	it('lists both templates, and shows one with its nodes', async () => {
		const { body } = await api.call<Array<{ id: string }>>('/templates/');
		expect(body.map(({ id }) => id)).toEqual(['hi_res_partition', 'hi_res_and_enrichment']);
		const { body: one } = await api.call(`/templates/${body[1].id}`);
		expect(one.nodes).toHaveLength(4);
	});
});

describe('a workflow', () => {
	it('is created, changed, and deleted', async () => {
		const { body: created } = await api.postJson('/workflows/', {
			name: 'New',
			workflow_type: 'custom',
			workflow_nodes: [{ name: 'Partitioner', type: 'partition', subtype: 'vlm' }],
			schedule: 'every 2 hours',
		});
		expect(created).toMatchObject({
			name: 'New',
			sources: [],
			schedule: { crontab_entries: [{ cron_expression: '0 */2 * * *' }] },
		});
		const path = `/workflows/${String(created.id)}`;
		const { body: changed } = await api.postJson(path, { name: 'Newer' }, 'PUT');
		expect(changed).toEqual({
			...created,
			name: 'Newer',
			updated_at: expect.stringMatching(/Z$/) as string,
		});
		expect((await api.call(path, { method: 'DELETE' })).status).toBe(200);
		expect((await api.call(path)).status).toBe(404);
	});

	it('lists its nodes with stable IDs, which its jobs have as well', async () => {
		const path = `/workflows/${SEEDED.localFilesWithEmbeddings}`;
		const { body } = await api.call<{ workflow_nodes: Array<{ id: string }> }>(path);
		const ids = body.workflow_nodes.map(({ id }) => id);
		expect(new Set(ids).size).toBe(4);
		const { body: job } = await api.run(SEEDED.localFilesWithEmbeddings, ...FILES);
		expect(job.output_node_files.map(({ node_id: id }) => id)).toEqual([...ids, ...ids]);
		const { body: again } = await api.call<typeof body>(path);
		expect(again.workflow_nodes).toEqual(body.workflow_nodes);
	});
});

describe('the list of workflows', () => {
	const names = async (query: string) =>
		(await api.call<Array<{ name: string }>>(`/workflows/?${query}`)).body.map(({ name }) => name);

	beforeEach(() => api.control('workflows', { count: 45, prefix: 'More' }));

	it('has 20 per page by default, and ends with an incomplete page', async () => {
		expect(await names('')).toHaveLength(20);
		expect(await names('page=3')).toHaveLength(8);
		expect(await names('page=4')).toEqual([]);
		expect(await names('page=1&page_size=100')).toHaveLength(48);
	});

	it('is filtered and sorted', async () => {
		expect(await names('name=Bucket')).toEqual(['Bucket to Pinecone']);
		expect(await names('status=paused')).toEqual([]);
		expect(await names('sort_by=created_at&sort_direction=desc&page_size=2')).toEqual([
			'More 45',
			'More 44',
		]);
		expect(await names('sort_by=name&page_size=1')).toEqual(['Bucket to Pinecone']);
		const source = '5f5b5a5e-3c3d-4e4f-8a8b-9c9d0e0f1a1b';
		expect(await names(`source_id=${source}`)).toEqual(['Bucket to Pinecone']);
	});

	it('ignores unknown parameters, and uses the last of a repeated one', async () => {
		const query = 'show_recommender_workflows=false&show_only_soft_deleted=false';
		expect(await names(`${query}&page_size=3&page_size=5`)).toHaveLength(5);
	});
});

describe('a run', () => {
	it.each(['input_files', 'input_files[]'])('accepts files in %s', async (field) => {
		const { status, body } = await api.post<ApiJob>(RUN, form(FILES, field));
		expect([status, body.status]).toEqual([202, 'SCHEDULED']);
		expect(body.input_file_ids).toHaveLength(2);
	});

	it('returns a text while a job is active, and starts none', async () => {
		await api.run(SEEDED.localFiles, ...FILES);
		const second = await api.run(SEEDED.localFiles, ...FILES);
		expect([second.status, second.body]).toEqual([
			202,
			{ detail: 'There is a running job in progress. No new job run.' },
		]);
		expect(await api.emulator.jobs()).toHaveLength(1);
	});

	it.each([
		['no body', undefined],
		['JSON announced and none there', { 'content-type': 'application/json' }],
	])('of a workflow with a source: %s', async (_what, headers) => {
		const path = `/workflows/${SEEDED.bucketToPinecone}/run`;
		const { status, body } = await api.post(path, undefined, headers);
		expect([status, body.input_file_ids]).toEqual([202, null]);
	});

	it('requires files for a workflow without a source, and rejects them for another', async () => {
		expect((await api.post(RUN)).body.detail).toMatch(/needs input files/);
		expect((await api.run(SEEDED.bucketToPinecone, ...FILES)).body).toEqual({
			detail: 'This workflow has a source connector and accepts no input files.',
		});
	});

	it('ignores files in other fields', async () => {
		const data = form(FILES);
		data.append('files', new Blob(['c']), 'c.txt');
		const { body } = await api.post<ApiJob>(RUN, data);
		expect(body.input_file_ids).toHaveLength(2);
		const other = `/workflows/${SEEDED.localFilesWithEmbeddings}/run`;
		expect((await api.post(other, form(FILES, 'files'))).status).toBe(422);
		const [{ files }] = await api.emulator.requests('POST');
		expect(files.map(({ fieldName }) => fieldName)).toContain('files');
	});
});
