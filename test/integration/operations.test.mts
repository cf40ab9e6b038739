import { filesAsItems } from '../support/engine.mjs';
import {
	BUCKET,
	byId,
	goOn,
	jobParameters,
	jsonItems,
	LOCAL_FILES,
	runParameters,
	useNode,
} from '../support/node.mjs';

const node = useNode();
const once = jsonItems({});
const many = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, i) => ({ name: `${prefix} ${i}` }));

describe('Workflow: Get', () => {
	const get = (workflowId: object) =>
		node.run({ resource: 'workflow', operation: 'get', workflowId: workflowId as never }, once);

	it.each([
		['an ID', byId(` ${BUCKET} `)],
		[
			'a URL',
			{ __rl: true, mode: 'url', value: `https://platform.unstructured.io/workflows/${BUCKET}` },
		],
		[
			'a URL with a query and a fragment',
			{
				__rl: true,
				mode: 'url',
				value: `https://x.example/w/11111111-1111-4111-8111-111111111111/workflows/${BUCKET}/edit?tab=1#top`,
			},
		],
		[
			'an entry of the list',
			{ __rl: true, mode: 'list', value: BUCKET, cachedResultName: 'Bucket' },
		],
	])('finds a workflow by %s', async (_what, workflowId) => {
		const { outputs } = await get(workflowId);
		expect(outputs[0]).toMatchObject([
			{ json: { id: BUCKET, name: 'Bucket to Pinecone' }, pairedItem: { item: 0 } },
		]);
	});

	it.each(['../jobs/', '..', '.', '%2e%2e/jobs/', 'a?b#c', 'a\nb'])(
		'requests no other path with the ID %j',
		async (id) => {
			// By expression, as the editor's own check rejects these when they are typed.
			const { error } = await get(byId(`={{ ${JSON.stringify(id)} }}`));
			expect(error?.message).toBe(`'${id}' is not an ID of a workflow`);
			const paths = (await node.emulator.requests()).map(({ path }) => path);
			expect(paths).toEqual([expect.stringMatching(/^\/api\/v1\/workflows\/[^/]+$/)]);
		},
	);
});

describe('Workflow: Get Many', () => {
	const getMany = (parameters = {}) =>
		node.run({ resource: 'workflow', operation: 'getAll', ...parameters }, once);

	it('stops at the limit', async () => {
		await node.emulator.addWorkflows(many('Extra', 120));
		const { outputs } = await getMany();
		expect(outputs[0]).toHaveLength(50);
		expect(await node.emulator.requests('GET')).toHaveLength(1);
	});

	it('reads all pages', async () => {
		await node.emulator.addWorkflows(many('Extra', 347));
		const { outputs } = await getMany({ returnAll: true });
		expect(new Set(outputs[0].map(({ json }) => json.id)).size).toBe(350);
	});

	it('falls back to the default size if the server rejects large pages', async () => {
		await node.emulator.addWorkflows(many('Extra', 60));
		await node.emulator.faults({
			path: '/workflows/$',
			status: 422,
			body: { detail: 'page_size' },
		});
		const { outputs } = await getMany({ returnAll: true });
		expect(outputs[0]).toHaveLength(63);
		const sizes = (await node.emulator.requests('GET')).map(({ query }) => query);
		expect(sizes[1]).toMatchObject({ page: '1', page_size: '20' });
	});

	it('filters by part of the name and by status', async () => {
		await node.emulator.addWorkflows([
			{ name: 'Contracts EU' },
			{ name: 'contracts US', status: 'inactive' },
			{ name: 'Invoices' },
		]);
		const named = await getMany({ filters: { name: 'CONTRACTS' } });
		expect(named.outputs[0].map(({ json }) => json.name)).toEqual(
			expect.arrayContaining(['Contracts EU', 'contracts US']),
		);
		const inactive = await getMany({ filters: { status: 'inactive' } });
		expect(inactive.outputs[0].map(({ json }) => json.name)).toEqual(['contracts US']);
	});
});

describe('Job: Get Many', () => {
	const getMany = (parameters = {}) => node.run(jobParameters('getAll', parameters), once);

	it('returns the newest first, up to the limit', async () => {
		const ids = await node.emulator.addJobs({ count: 60 });
		const { outputs } = await getMany({ limit: 10 });
		expect(outputs[0]).toHaveLength(10);
		expect(ids.slice(-1)).toContain(outputs[0][0].json.id);
	});

	it('filters by workflow and status', async () => {
		await node.emulator.addJobs({ count: 2, workflowId: BUCKET, endsIn: { first: 60, last: 60 } });
		const [failed] = await node.emulator.addJobs({ count: 1, workflowId: LOCAL_FILES });
		await node.emulator.changeJob(failed, { status: 'FAILED' });
		const ofWorkflow = await getMany({ returnAll: true, filters: { workflowId: BUCKET } });
		expect(ofWorkflow.outputs[0]).toHaveLength(2);
		const byStatus = await getMany({ returnAll: true, filters: { status: 'FAILED' } });
		expect(byStatus.outputs[0]).toMatchObject([{ json: { id: failed } }]);
	});

	describe('filters by a workflow', () => {
		const address = `https://platform.unstructured.io/app/workflows/${BUCKET}?tab=runs`;
		const list = { __rl: true, mode: 'list', value: BUCKET, cachedResultName: 'Bucket' };
		const url = (value: string) => ({ __rl: true, mode: 'url', value });
		beforeEach(async () => {
			await node.emulator.addJobs({ count: 2, workflowId: BUCKET });
			await node.emulator.addJobs({ count: 1, workflowId: LOCAL_FILES });
		});

		it.each([
			['from the list', { workflow: list }],
			['by its ID', { workflow: byId(BUCKET) }],
			['by its URL', { workflow: url(address) }],
			['by an expression', { workflow: byId('={{ $json.of }}') }],
			['by a URL from an expression', { workflow: url('={{ $json.url }}') }],
			['by the field of older saved workflows', { workflowId: BUCKET }],
			['by both fields', { workflow: url(address), workflowId: BUCKET }],
		])('%s', async (_how, filters) => {
			const { outputs, error } = await node.run(
				jobParameters('getAll', { returnAll: true, filters }),
				jsonItems({ of: BUCKET, url: address }),
			);
			expect(error).toBeUndefined();
			expect(outputs[0].map(({ json }) => json.workflow_id)).toEqual([BUCKET, BUCKET]);
			const lists = await node.emulator.requests('GET', /\/jobs\/$/);
			expect(lists.map(({ query }) => query)).toMatchObject([{ workflow_id: BUCKET }]);
		});

		it.each([
			[
				'two workflows',
				{ workflow: byId(BUCKET), workflowId: LOCAL_FILES },
				"'Unstructured Workflow' and 'Workflow ID' are not the same",
			],
			[
				'the URL of a source',
				{ workflow: url(`https://platform.unstructured.io/sources/${BUCKET}`) },
				"'Unstructured Workflow' is not the URL of a workflow",
			],
		])('rejects %s', async (_what, filters, message) => {
			const { error } = await getMany({ filters });
			expect(error?.message).toBe(message);
			expect(await node.emulator.requests()).toEqual([]);
		});
	});
});

describe('Job: Cancel', () => {
	const cancel = (id: string, rest = {}) =>
		node.run(jobParameters('cancel'), jsonItems({ id }), rest);

	it('cancels a running job', async () => {
		const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 60, last: 60 } });
		const { outputs } = await cancel(id);
		expect(outputs[0]).toMatchObject([{ json: { id, status: 'STOPPED' } }]);
	});

	it('returns a finished job with its status', async () => {
		const [id] = await node.emulator.addJobs({ count: 1 });
		await node.emulator.changeJob(id, { status: 'FAILED' });
		const { outputs } = await cancel(id);
		expect(outputs[0]).toMatchObject([{ json: { id, status: 'FAILED' } }]);
	});

	it('reports a job that does not exist', async () => {
		const id = '00000000-0000-4000-8000-000000000000';
		const { outputs } = await cancel(id, goOn);
		expect(outputs[0]).toMatchObject([{ json: { error: `The job '${id}' was not found` } }]);
	});
});

describe('a job with failed files', () => {
	const threeFiles = filesAsItems(
		['a', 'b', 'c'].map((name) => ({ name: `${name}.txt`, data: name })),
	);

	async function partlyFailedJob() {
		await node.run(runParameters({ waitForCompletion: true }), threeFiles);
		const [job] = await node.emulator.jobs();
		await node.emulator.changeJob(job.id, { failedFiles: { 1: 'TooManyPageFailuresException' } });
		return job;
	}

	it('Get Failed Files lists them with their reasons', async () => {
		const { id, input_file_ids: files } = await partlyFailedJob();
		const { outputs } = await node.run(jobParameters('getFailedFiles'), jsonItems({ id }));
		const failed = [{ document: files?.[1], error: 'TooManyPageFailuresException' }];
		expect(outputs[0]).toEqual([{ json: { failed_files: failed }, pairedItem: { item: 0 } }]);
	});

	it('Get Failed Files returns an empty list if no file failed', async () => {
		const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 0, last: 0 } });
		const { outputs } = await node.run(jobParameters('getFailedFiles'), jsonItems({ id }));
		expect(outputs[0]).toEqual([{ json: { failed_files: [] }, pairedItem: { item: 0 } }]);
	});

	it('Get Failed Files says why there is no item if no file failed', async () => {
		const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 0, last: 0 } });
		const parameters = { ...jobParameters('getFailedFiles'), oneItemPerFile: true };
		const { outputs, run } = await node.run(parameters, jsonItems({ id }));
		expect(outputs[0]).toEqual([]);
		expect(run.data.resultData.runData.Unstructured[0].hints).toMatchObject([
			{
				message: `No file failed in job ${id}. No item is returned for it. To continue anyway, turn on 'Always Output Data' in the settings of this node.`,
			},
		]);
	});

	it('Get Processing Details distinguishes it from a job without failed files', async () => {
		const { id } = await partlyFailedJob();
		const { outputs } = await node.run(jobParameters('getDetails'), jsonItems({ id }));
		expect(outputs[0]).toMatchObject([
			{
				json: {
					id,
					processing_status: 'COMPLETED_WITH_ERRORS',
					node_stats: [{ success: 2, failure: 1 }],
				},
			},
		]);
	});

	it.each(['getFailedFiles', 'getDetails'])(
		'%s reports a job that does not exist',
		async (operation) => {
			const id = '00000000-0000-4000-8000-000000000000';
			const { outputs } = await node.run(jobParameters(operation), jsonItems({ id }), goOn);
			expect(outputs[0]).toMatchObject([{ json: { error: `The job '${id}' was not found` } }]);
		},
	);
});
