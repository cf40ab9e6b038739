import type { INodeParameters } from 'n8n-workflow';
import { filesAsItems, runEngine, type MakeItems } from '../support/engine.mjs';
import { byId, jobParameters, jsonItems, runParameters, useNode } from '../support/node.mjs';
import { startTransformServer } from '../support/transformServer.mjs';

const node = useNode();
const files = filesAsItems(['a', 'b'].map((name) => ({ name: `${name}.txt`, data: name })));
const nodes = '[{"name": "Partitioner", "type": "partition", "subtype": "vlm"}]';

describe.each([403, 404] as const)('an account with only jobs (%d for the rest)', (missing) => {
	let transform: Awaited<ReturnType<typeof startTransformServer>>;
	beforeEach(async () => {
		transform = await startTransformServer(node.emulator.url, missing);
		await node.emulator.options({ launchSpacing: 0 });
	});
	afterEach(() => transform.close());

	/** In production: a manual execution reads failed files for its hints. */
	const run = (parameters: INodeParameters, items: MakeItems) =>
		runEngine({
			parameters,
			items,
			mode: 'trigger',
			apiUrl: transform.url,
			apiKey: node.emulator.key,
		});

	const runOnDemand = (options: INodeParameters = {}) =>
		run(
			jobParameters('create', {
				definition: 'nodes',
				jobNodes: nodes,
				jobGrouping: 'each',
				waitForCompletion: true,
				options,
			}),
			files,
		);

	it('runs on-demand jobs with nodes, waits, and calls no missing route', async () => {
		const { outputs } = await runOnDemand();
		expect(outputs[0]).toMatchObject([
			{ json: { status: 'COMPLETED' } },
			{ json: { status: 'COMPLETED' } },
		]);
		expect(transform.absent).toEqual([]);
	});

	it('returns empty details and calls each missing route once', async () => {
		const { outputs } = await runOnDemand({ includeDetails: true });
		expect(outputs[0]).toHaveLength(2);
		for (const { json } of outputs[0]) {
			expect(json).toMatchObject({ processing_status: null, summary: null, failed_files: [] });
		}
		expect(transform.absent).toEqual([
			'GET /api/v1/jobs/*/details',
			'GET /api/v1/jobs/*/failed-files',
		]);
	});

	it('returns its own job if the response is lost', async () => {
		await node.emulator.faults({ method: 'POST', path: '/jobs/$', reset: 'afterBody' });
		const { outputs } = await runOnDemand();
		const jobs = await node.emulator.jobs();
		expect(jobs).toHaveLength(2);
		expect(outputs[0].map(({ json }) => json.id)).toEqual(jobs.map(({ id }) => id).reverse());
	});

	it.each(['elements', 'file', 'binary'])('returns the output as %s', async (outputFormat) => {
		const ids = (await runOnDemand()).outputs[0].map(({ json }) => ({ id: json.id }));
		const { outputs, error } = await run(
			jobParameters('getOutput', { outputFormat }),
			jsonItems(...ids),
		);
		expect(error).toBeUndefined();
		expect(outputs[0].length).toBeGreaterThanOrEqual(2);
		expect(transform.absent.length).toBeLessThanOrEqual(1);
	});

	it('gets one job and many jobs', async () => {
		const [{ json }] = (await runOnDemand()).outputs[0];
		const one = await run(jobParameters('get'), jsonItems({ id: json.id }));
		expect(one.outputs[0]).toMatchObject([{ json: { id: json.id } }]);
		const many = await run(jobParameters('getAll'), jsonItems({}));
		expect(many.outputs[0]).toHaveLength(2);
		expect(transform.absent).toEqual([]);
	});

	const channels = { scope: 'workspace', channelType: 'webhook' };
	it.each<[string, INodeParameters, MakeItems, RegExp]>([
		[
			'Workflow: Run',
			runParameters(),
			files,
			/^Workflows are only available in Unstructured Pipelines/,
		],
		[
			'Workflow: Get Many',
			{ resource: 'workflow', operation: 'getAll' },
			jsonItems({}),
			/^Workflows/,
		],
		[
			'a template',
			jobParameters('create', { templateId: byId('hi_res_partition') }),
			files,
			/^Templates are only available/,
		],
		['Source: Get Many', { resource: 'source', operation: 'getAll' }, jsonItems({}), /^Source and/],
		[
			'Notification Channel: Get Many',
			{ resource: 'notificationChannel', operation: 'getAll', ...channels },
			jsonItems({}),
			/^Job events and notification channels are only available/,
		],
	])(
		'%s names the product that supports it and the alternative',
		async (_what, parameters, items, message) => {
			const { error } = await run(parameters, items);
			expect(error?.message).toMatch(message);
			expect(error?.description).toMatch(/Transform account doesn't have them\. Use .*'Job: /);
			expect(transform.absent).toHaveLength(1);
			expect(await node.emulator.jobs()).toHaveLength(0);
		},
	);
});
