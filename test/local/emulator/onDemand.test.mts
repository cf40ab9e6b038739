import { FormData as PackageForm } from './packageForm.mjs';
import { useApi, type ApiJob } from './support.mjs';

const api = useApi();
const NODES = [
	{ name: 'Partitioner', type: 'partition', subtype: 'vlm' },
	{ name: 'Chunker', type: 'chunk', subtype: 'chunk_by_title' },
];

it.each(['input_files', 'input_files[]'])('starts a job for files in %s', async (field) => {
	const { status, body } = await api.launch(
		{ template_id: 'hi_res_and_enrichment' },
		[
			['2507.13305v1 a.pdf', 'a', 'application/pdf'],
			['b.txt', 'b'],
		],
		field,
	);
	expect(status).toBe(200);
	expect(body).toMatchObject({ status: 'SCHEDULED', job_type: 'ephemeral', runtime: null });
	expect(body.workflow_name).toMatch(/^Job [0-9a-f]{8}$/);
	expect(body.input_file_ids).toEqual([
		expect.stringMatching(/^250713305v1-a-[0-9a-f]{8}\.pdf$/),
		expect.stringMatching(/^b-[0-9a-f]{8}\.txt$/),
	]);
	expect(body.output_node_files.map(({ file_id: id, node_type: type }) => [id, type])).toEqual(
		body.input_file_ids.flatMap((id) =>
			['partition', 'prompter', 'prompter', 'prompter'].map((type) => [id, type]),
		),
	);
});

it('starts a job from a list of nodes, without files', async () => {
	const { status, body } = await api.launch({ job_nodes: NODES }, []);
	expect(status).toBe(200);
	expect(body.input_file_ids).toEqual([]);
});

it('accepts request_data as a part of type application/json', async () => {
	const form = new PackageForm();
	form.append('input_files[]', Buffer.from('a'), { filename: 'a.txt', contentType: 'text/plain' });
	form.append('request_data', JSON.stringify({ job_nodes: NODES }), {
		contentType: 'application/json',
	});
	const { status, body } = await api.post<ApiJob>('/jobs/', form.body(), form.getHeaders());
	expect(status).toBe(200);
	expect(body.output_node_files).toHaveLength(2);
});

it.each([
	['no JSON', 'template', 'request_data is not valid JSON'],
	['neither template nor nodes', '{}', 'request_data needs either template_id or job_nodes'],
	['no object', 'null', 'request_data needs either template_id or job_nodes'],
	[
		'both',
		JSON.stringify({ template_id: 'hi_res_partition', job_nodes: NODES }),
		'request_data needs either template_id or job_nodes',
	],
	[
		'a node without a type',
		JSON.stringify({ job_nodes: [{ name: 'a' }] }),
		'job_nodes needs nodes, each with name, type and subtype',
	],
])('rejects request_data that is %s, with a text', async (_what, text, detail) => {
	for (const contentType of ['text/plain', 'application/json']) {
		const form = new PackageForm();
		form.append('request_data', text, { contentType });
		const { status, body } = await api.post('/jobs/', form.body(), form.getHeaders());
		expect([status, body]).toEqual([422, { detail }]);
	}
});

it.each([
	['a form', new FormData()],
	['nothing', undefined],
])('rejects %s without request_data, with a list', async (_what, body) => {
	expect(await api.post('/jobs/', body)).toMatchObject({
		status: 422,
		body: { detail: [{ type: 'missing', loc: ['body', 'request_data'], msg: 'Field required' }] },
	});
});

it('rejects an unknown template', async () => {
	expect(await api.launch({ template_id: 'nope' })).toMatchObject({
		status: 404,
		body: { detail: 'Template nope not found' },
	});
});

it('accepts at most ten files', async () => {
	const files = (count: number) =>
		Array.from({ length: count }, (_, i): [string, string] => [`${i}.txt`, 'a']);
	expect((await api.launch(undefined, files(11))).status).toBe(422);
	expect((await api.launch(undefined, files(10))).status).toBe(200);
});

it('rejects a second job within a second, and accepts it later', async () => {
	await api.emulator.reset({ launchSpacing: 1 });
	expect((await api.launch()).status).toBe(200);
	expect(await api.launch()).toMatchObject({
		status: 429,
		body: { detail: expect.stringContaining('Rate limit') as string },
	});
	await api.emulator.advance(1);
	expect((await api.launch()).status).toBe(200);
});

describe('with more than five at once', () => {
	let jobs: string[];
	const statuses = async () =>
		await Promise.all(jobs.map(async (id) => (await api.call(`/jobs/${id}`)).body.status));

	beforeEach(async () => {
		await api.emulator.reset({ launchSpacing: 0, jobSeconds: 100 });
		jobs = [];
		for (let i = 0; i < 7; i++) jobs.push((await api.launch()).body.id);
		await api.emulator.advance(50);
	});

	const running = (count: number) => Array<string>(count).fill('IN_PROGRESS');

	it('two wait until others are finished', async () => {
		expect(await statuses()).toEqual([...running(5), 'SCHEDULED', 'SCHEDULED']);
		await api.emulator.advance(51);
		expect((await statuses()).slice(0, 5)).toEqual(Array(5).fill('COMPLETED'));
		await api.emulator.advance(40);
		expect((await statuses()).slice(5)).toEqual(running(2));
		await api.emulator.advance(60);
		expect((await statuses()).slice(5)).toEqual(['COMPLETED', 'COMPLETED']);
	});

	it('the first waiting job replaces a canceled one', async () => {
		await api.post(`/jobs/${jobs[2]}/cancel`);
		await api.emulator.advance(45);
		expect((await statuses()).slice(5)).toEqual(['IN_PROGRESS', 'SCHEDULED']);
	});

	it('a waiting job that is canceled is skipped', async () => {
		await api.post(`/jobs/${jobs[5]}/cancel`);
		await api.post(`/jobs/${jobs[0]}/cancel`);
		await api.emulator.advance(45);
		expect((await statuses()).slice(5)).toEqual(['STOPPED', 'IN_PROGRESS']);
	});

	it('all belong to workflows that no list shows', async () => {
		const { body } = await api.call<Array<{ name: string }>>('/workflows/');
		expect(body.filter(({ name }) => name.startsWith('Job'))).toEqual([]);
	});
});
