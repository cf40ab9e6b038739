import { filesAsItems } from '../support/engine.mjs';
import { SEEDED } from '../../local/emulator/platform/seeds.mjs';
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
const texts = (outputs: Array<Array<{ json: Record<string, unknown> }>>) =>
	outputs.map((items) => items.map(({ json }) => json.error ?? json.status));
const files = (...json: Array<Record<string, string | number | boolean>>) =>
	filesAsItems(json.map((one, i) => ({ name: `${i}.txt`, data: 'a', json: one })));

it("waits for each job up to its item's timeout", async () => {
	const [a, b] = await node.emulator.addJobs({ count: 2, endsIn: { first: 8, last: 8 } });
	const { outputs } = await node.run(
		jobParameters('wait', { options: { timeout: '={{ $json.t }}' } }),
		jsonItems({ id: a, t: 1 }, { id: b, t: 60 }),
		goOn,
	);
	expect(texts(outputs)).toEqual([
		[expect.stringContaining('did not finish within 1 seconds'), 'COMPLETED'],
	]);
});

it('waits for a job up to the longest timeout of its items', async () => {
	const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 2, last: 2 } });
	const { outputs } = await node.run(
		jobParameters('wait', { options: { timeout: '={{ $json.t }}' } }),
		jsonItems({ id, t: 1 }, { id, t: 60 }),
		goOn,
	);
	expect(texts(outputs)).toEqual([['COMPLETED', 'COMPLETED']]);
});

it("waits for each job of a run up to its items' timeout", async () => {
	await node.emulator.options({ jobSeconds: 8 });
	const { outputs } = await node.run(
		runParameters({
			workflowId: byId('={{ $json.w }}'),
			waitForCompletion: true,
			options: { timeout: '={{ $json.t }}' },
		}),
		files(
			{ w: LOCAL_FILES, t: 1 },
			{ w: SEEDED.localFilesWithEmbeddings, t: 1 },
			{ w: SEEDED.localFilesWithEmbeddings, t: 60 },
		),
		goOn,
	);
	expect(texts(outputs)).toEqual([
		[expect.stringContaining('did not finish within 1 seconds'), 'COMPLETED'],
	]);
});

const contradictions: Array<[string, object]> = [
	['Fail on Job Failure', { options: { failOnJobFailure: '={{ $json.value }}' } }],
	['Include Details', { options: { includeDetails: '={{ $json.value }}' } }],
];

it.each(contradictions)(
	'rejects contradicting values of %s in one job',
	async (label, parameters) => {
		const { outputs } = await node.run(
			runParameters({ waitForCompletion: true, ...parameters }),
			files({ value: false }, { value: true }),
			goOn,
		);
		expect(texts(outputs)).toEqual([
			[1, 2].map(() => `'${label}' differs between items of one job`),
		]);
		expect(outputs[0][0].json.details).toContain('"false" for item 0 and "true" for item 1');
		expect(await node.emulator.jobs()).toEqual([]);
	},
);

it('accepts different values for separate jobs', async () => {
	await node.emulator.outcomes({ outcome: 'FAILED', times: 2 });
	const { outputs } = await node.run(
		runParameters({
			jobGrouping: 'each',
			waitForCompletion: true,
			options: { failOnJobFailure: '={{ $json.value }}' },
		}),
		files({ value: 'false' }, { value: 'true' }),
		goOn,
	);
	expect(texts(outputs)).toEqual([['FAILED', expect.stringContaining('finished as FAILED')]]);
});

it("rejects a 'Wait Via' that differs between items", async () => {
	const { error } = await node.run(
		jobParameters('wait', { jobId: 'x', options: { waitVia: '={{ $json.value }}' } }),
		jsonItems({ value: 'polling' }, { value: 'webhook' }),
	);
	expect(error?.message).toBe("'Wait Via' differs between items of one run");
	expect(error?.description).toContain('"polling" for item 0 and "webhook" for item 1');
	expect(await node.emulator.requests()).toEqual([]);
});

it('rejects switches that are neither on nor off', async () => {
	const { error } = await node.run(
		jobParameters('get', { jobId: 'x', splitByStatus: 'perhaps' }),
		jsonItems({}),
	);
	expect(error?.message).toBe("'Split by Status' is neither true nor false");
});
