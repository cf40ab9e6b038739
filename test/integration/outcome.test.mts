import type { Fault } from '../../local/emulator/faults/plan.mjs';
import { filesAsItems } from '../support/engine.mjs';
import {
	byId,
	goOn,
	jobParameters,
	jsonItems,
	LOCAL_FILES,
	runParameters,
	useNode,
} from '../support/node.mjs';

const node = useNode();
const oneFile = filesAsItems([{ name: 'a.txt', data: 'a' }]);
const OUTPUTS = ['COMPLETED', 'FAILED', 'STOPPED', 'IN_PROGRESS'];

describe.each([
	['COMPLETED', 0],
	['FAILED', 1],
	['STOPPED', 2],
])('a job that finishes as %s', (outcome, output) => {
	beforeEach(() => node.emulator.options({ outcome }));

	it('is returned on the single output', async () => {
		const { outputs } = await node.run(runParameters({ waitForCompletion: true }), oneFile);
		expect(outputs).toHaveLength(1);
		expect(outputs[0]).toMatchObject([{ json: { status: outcome } }]);
	});

	it("is returned on its own output with 'Split by Status'", async () => {
		const { outputs } = await node.run(
			runParameters({ waitForCompletion: true, splitByStatus: true }),
			oneFile,
		);
		expect(outputs.map((items) => items.length)).toEqual(
			OUTPUTS.map((_, i) => Number(i === output)),
		);
		expect(outputs[output]).toMatchObject([{ json: { status: outcome } }]);
	});

	it("is an error only with 'Fail on Job Failure' and if it is not completed", async () => {
		const { error, outputs } = await node.run(
			runParameters({ waitForCompletion: true, options: { failOnJobFailure: true } }),
			oneFile,
		);
		const [{ id }] = await node.emulator.jobs();
		if (outcome === 'COMPLETED') {
			expect(outputs[0]).toHaveLength(1);
		} else {
			expect(error?.message).toBe(`Job ${id} of 'Local files to elements' finished as ${outcome}`);
			if (outcome === 'FAILED') expect(error?.description).toMatch(/^Reasons: a\.txt: /);
		}
	});
});

it.each(['all', 'each'])(
	"fails only the items with 'Fail on Job Failure', with grouping %s",
	async (jobGrouping) => {
		await node.emulator.options({ outcome: 'FAILED' });
		const [other] = await node.emulator.addWorkflows([{ name: 'Other' }]);
		const items = filesAsItems(
			[LOCAL_FILES, other.id].map((workflow, i) => ({
				name: 'a.txt',
				data: 'a',
				json: { workflow, fail: i === 1 },
			})),
		);
		const parameters = runParameters({
			workflowId: byId('={{ $json.workflow }}'),
			jobGrouping,
			waitForCompletion: true,
			options: { failOnJobFailure: '={{ $json.fail }}' },
		});
		const { outputs } = await node.run(parameters, items, goOn);
		expect(outputs[0]).toMatchObject([
			{ json: { status: 'FAILED' } },
			{ json: { error: expect.stringMatching(/of 'Other' finished as FAILED$/) as string } },
		]);
	},
);

it.each([
	[{}, 'SUCCESS', 0],
	[{ 0: 'TooManyPageFailuresException' }, 'COMPLETED_WITH_ERRORS', 1],
])(
	"returns the failed files with 'Include Details': %j",
	async (failedFiles, processing, failed) => {
		await node.emulator.outcomes({ outcome: 'COMPLETED', failedFiles });
		const { outputs } = await node.run(
			runParameters({ waitForCompletion: true, options: { includeDetails: true } }),
			filesAsItems(['a', 'b'].map((name) => ({ name: `${name}.txt`, data: name }))),
		);
		expect(outputs[0]).toMatchObject([
			{
				json: {
					status: 'COMPLETED',
					processing_status: processing,
					summary: {
						total_docs: 2,
						total_docs_succeeded: 2 - failed,
						total_docs_failed: failed,
					},
				},
			},
		]);
		expect(outputs[0][0].json.failed_files).toHaveLength(failed);
	},
);

it("is returned on 'Running' without 'Wait for Completion'", async () => {
	const { outputs } = await node.run(runParameters({ splitByStatus: true }), oneFile);
	expect(outputs.map((items) => items.length)).toEqual([0, 0, 0, 1]);
});

it.each(['COMPLETED', 'FAILED', 'STOPPED', 'SCHEDULED', 'IN_PROGRESS', 'HIBERNATING'])(
	'Job: Get splits %s by status',
	async (status) => {
		const [id] = await node.emulator.addJobs({ count: 1 });
		await node.emulator.changeJob(id, { status });
		const { outputs } = await node.run(
			jobParameters('get', { splitByStatus: true }),
			jsonItems({ id }),
		);
		const output = OUTPUTS.includes(status) ? OUTPUTS.indexOf(status) : 3;
		expect(outputs[output]).toMatchObject([{ json: { id, status }, pairedItem: { item: 0 } }]);
	},
);

it('keeps what a later response omits', async () => {
	await node.emulator.options({ omitOptionalJobKeys: true });
	const { outputs } = await node.run(runParameters({ waitForCompletion: true }), oneFile);
	const [job] = await node.emulator.jobs();
	expect(outputs[0][0].json).toMatchObject({
		status: 'COMPLETED',
		input_file_ids: job.input_file_ids,
		output_node_files: [{ file_id: job.input_file_ids?.[0] }],
	});
});

it('stops waiting at the time limit and names the job', async () => {
	await node.emulator.options({ jobSeconds: 60 });
	const { error, ms } = await node.run(
		runParameters({ waitForCompletion: true, options: { timeout: 1 } }),
		oneFile,
	);
	const [{ id, status }] = await node.emulator.jobs();
	expect(error?.message).toMatch(new RegExp(`^Job ${id} did not finish within 1 seconds$`));
	expect(error?.description).toMatch(
		/^Its last known status is .*'Timeout \(Seconds\)'.*'Job: Wait for Completion'/,
	);
	expect(ms).toBeLessThan(2_000);
	expect(['SCHEDULED', 'IN_PROGRESS']).toContain(status);
});

it("fails the item, with 'On Error' set to 'Continue', if the key stops working during the wait", async () => {
	await node.emulator.faults({
		path: '/jobs/',
		status: 401,
		body: { detail: 'API key is invalid' },
		times: null,
	});
	const { outputs } = await node.run(runParameters({ waitForCompletion: true }), oneFile, goOn);
	expect(outputs[0]).toMatchObject([
		{ json: { error: 'Unstructured did not recognize this API key' } },
	]);
});

it('reads the jobs one by one if the key may not list jobs', async () => {
	const workflows = await node.emulator.addWorkflows(Array.from('abcde', (name) => ({ name })));
	await node.emulator.options({ jobSeconds: 1 });
	await node.emulator.faults({ path: '^/jobs/$', status: 403, body: {}, times: null });
	const parameters = runParameters({
		workflowId: byId('={{ $json.workflow }}'),
		waitForCompletion: true,
		options: { pollInterval: 0.5 },
	});
	const items = filesAsItems(
		workflows.map(({ id }) => ({ name: 'a.txt', data: 'a', json: { workflow: id } })),
	);
	const { outputs } = await node.run(parameters, items, goOn);
	const jobs = (await node.emulator.jobs()).reverse();
	expect(outputs[0].map(({ json }) => [json.id, json.status])).toEqual(
		jobs.map(({ id }) => [id, 'COMPLETED']),
	);
});

describe('Job: Wait for Completion', () => {
	const waitFor = (ids: string[], options = {}) =>
		node.run(jobParameters('wait', { options }), jsonItems(...ids.map((id) => ({ id }))), {
			...goOn,
			// A manual execution reads failed files for its hints.
			mode: 'trigger',
		});
	const running = { first: 60, last: 60 };

	it('waits for many jobs with at most three calls per check, and returns each with its item', async () => {
		const ids = await node.emulator.addJobs({ count: 50, endsIn: { first: 0.1, last: 1.5 } });
		const { outputs } = await node.run(
			jobParameters('wait'),
			jsonItems(...ids.map((id) => ({ id }))),
		);
		expect(outputs[0].map(({ json, pairedItem }) => [json.id, json.status, pairedItem])).toEqual(
			ids.map((id, item) => [id, 'COMPLETED', { item }]),
		);
		// 1.5 s in pauses that start at 0.1 s and grow by half: a dozen checks at most.
		expect((await node.emulator.requests('GET')).length).toBeLessThan(36);
	});

	it('fails only the item whose job no longer exists', async () => {
		const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 0.5, last: 0.5 } });
		const gone = '00000000-0000-4000-8000-000000000000';
		const { outputs } = await node.run(
			jobParameters('wait'),
			jsonItems({ id: gone }, { id }),
			goOn,
		);
		expect(outputs[0]).toMatchObject([
			{ json: { error: `The job '${gone}' was not found` }, pairedItem: { item: 0 } },
			{ json: { id, status: 'COMPLETED' }, pairedItem: { item: 1 } },
		]);
	});

	it('continues after failed checks', async () => {
		const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 0.5, last: 0.5 } });
		await node.emulator.faults(
			{ path: '/jobs/', status: 503, body: 'busy', times: 2 },
			{ path: '/jobs/', reset: 'before' },
			{ path: '/jobs/', truncate: true },
		);
		const { outputs } = await node.run(jobParameters('wait'), jsonItems({ id }));
		expect(outputs[0]).toMatchObject([{ json: { id, status: 'COMPLETED' } }]);
	});

	it('finds the finished jobs if the list is empty', async () => {
		const ids = [
			...(await node.emulator.addJobs({ count: 2, endsIn: running })),
			...(await node.emulator.addJobs({ count: 4, endsIn: { first: 0, last: 0 } })),
		];
		await node.emulator.faults({ path: '^/jobs/$', status: 200, body: [], times: null });
		const { outputs } = await waitFor(ids, { timeout: 1 });
		expect(outputs[0].map(({ json }) => json.status ?? json.error)).toEqual([
			...ids
				.slice(0, 2)
				.map((id) => expect.stringContaining(`${id} did not finish within 1 seconds`) as string),
			...Array<string>(4).fill('COMPLETED'),
		]);
	});

	it.each<[string, Fault]>([
		['never responds', { hang: 'unread' }],
		['responds with a 503', { status: 503, body: 'busy' }],
	])('keeps its time limit with a server that %s', async (_what, fault) => {
		const ids = await node.emulator.addJobs({ count: 3, endsIn: running });
		await node.emulator.faults({ path: '^/jobs/', times: null, ...fault });
		const { outputs, ms } = await waitFor(ids, { timeout: 2 });
		expect(outputs[0].map(({ json }) => json.error)).toEqual(
			ids.map((id) => `Job ${id} did not finish within 2 seconds`),
		);
		expect(ms).toBeLessThan(3_500);
	});

	describe('with a Retry-After of two seconds', () => {
		const looks = async () => (await node.emulator.requests('GET')).map(({ at }) => Date.parse(at));
		beforeEach(() =>
			node.emulator.faults({
				path: '/jobs/',
				status: 429,
				headers: { 'retry-after': '2' },
				body: { detail: 'slow down' },
			}),
		);

		it('waits two seconds', async () => {
			const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 0, last: 0 } });
			const { outputs } = await waitFor([id]);
			expect(outputs[0]).toMatchObject([{ json: { id, status: 'COMPLETED' } }]);
			const [first, second, ...more] = await looks();
			expect(second - first).toBeGreaterThanOrEqual(1_990);
			expect(more).toEqual([]);
		});

		it('checks once more at the time limit if the limit comes first', async () => {
			const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 0, last: 0 } });
			const { outputs } = await waitFor([id], { timeout: 1 });
			expect(outputs[0]).toMatchObject([{ json: { id, status: 'COMPLETED' } }]);
			const [first, second, ...more] = await looks();
			expect(second - first).toBeGreaterThan(900);
			expect(more).toEqual([]);
		});
	});

	it('explains what to enter if there is no job ID', async () => {
		const { error } = await node.run(jobParameters('wait'), jsonItems({}));
		expect(error?.message).toBe("'Job ID' is empty");
		expect(error?.context.itemIndex).toBe(0);
	});
});
