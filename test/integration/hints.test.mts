import type { INodeParameters } from 'n8n-workflow';
import { filesAsItems, runEngine, type EngineResult, type EngineRun } from '../support/engine.mjs';
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
import { startTransformServer } from '../support/transformServer.mjs';

const node = useNode();
beforeEach(() => node.emulator.options({ launchSpacing: 0 }));

const PRODUCTION = { mode: 'trigger' } as const;
const NODES = '[{"name": "Partitioner", "type": "partition", "subtype": "vlm"}]';

const named = (...names: string[]) =>
	filesAsItems(names.map((name) => ({ name, data: `content of ${name}` })));
const five = named('0.txt', '1.txt', '2.txt', '3.txt', '4.txt');

const hintsOf = ({ run, error }: EngineResult): string[] => {
	expect(error).toBeUndefined();
	const { hints = [] } = run.data.resultData.runData.Unstructured[0];
	return hints.map(({ message }) => message);
};

const reads = async () =>
	(await node.emulator.requests('GET', /\/(details|failed-files)$/)).map(({ path }) => path);

const lastJob = async () => (await node.emulator.jobs())[0].id;

/** The operations that start a job and wait for it, each with the same files. */
const waiting: Array<[string, INodeParameters]> = [
	['Workflow: Run', runParameters({ waitForCompletion: true })],
	[
		'Job: Run On-Demand',
		jobParameters('create', { definition: 'nodes', jobNodes: NODES, waitForCompletion: true }),
	],
];

/** Starts a job with these files and waits for it with the other operation. */
async function waitForOther(rest: Partial<EngineRun> = {}, options: INodeParameters = {}) {
	const started = await node.run(runParameters(), five);
	const { id } = started.outputs[0][0].json;
	return await node.run(jobParameters('wait', { options }), jsonItems({ id }), rest);
}

const runs: Array<[string, (rest?: Partial<EngineRun>) => Promise<EngineResult>]> = [
	...waiting.map(([name, parameters]): (typeof runs)[number] => [
		name,
		async (rest) => await node.run(parameters, five, rest),
	]),
	['Job: Wait for Completion', waitForOther],
];

describe.each(runs)('%s', (_name, run) => {
	it('explains how to get the text of a completed job', async () => {
		expect(hintsOf(await run())).toEqual([
			"To get the text or elements of the completed job, add 'Job: Get Output' after this node.",
		]);
	});

	it('names the failed files of a completed job', async () => {
		const failedFiles = { 1: 'The file is encrypted.', 3: 'Too many pages' };
		await node.emulator.outcomes({ outcome: 'COMPLETED', failedFiles });
		const [hint] = hintsOf(await run());
		expect(hint).toBe(
			`Job ${await lastJob()} is completed, but 2 files couldn't be processed. Reasons: 1.txt: The file is encrypted; 3.txt: Too many pages. To get all reasons, use 'Job: Get Failed Files' with the job ID.`,
		);
	});

	it('names the first three reasons of a failed job', async () => {
		const failedFiles = { 0: 'Zero', 1: 'One', 2: 'Two', 3: 'Three' };
		await node.emulator.outcomes({ outcome: 'FAILED', failedFiles });
		expect(hintsOf(await run())).toEqual([
			`Job ${await lastJob()} failed. Reasons: 0.txt: Zero; 1.txt: One; 2.txt: Two. To get all reasons, use 'Job: Get Failed Files' with the job ID.`,
		]);
	});

	it('reports a canceled job', async () => {
		await node.emulator.outcomes({ outcome: 'STOPPED' });
		expect(hintsOf(await run())).toEqual([
			`Job ${await lastJob()} was canceled before completion. If that wasn't intended, run this node again.`,
		]);
	});

	it.each(['COMPLETED', 'FAILED'])(
		'does not read the failed files of a %s job in production',
		async (outcome) => {
			await node.emulator.outcomes({ outcome, failedFiles: { 1: 'Encrypted' } });
			const [hint] = hintsOf(await run(PRODUCTION));
			expect(hint).toContain(outcome === 'FAILED' ? "'Job: Get Failed Files'" : 'Get Output');
			expect(await reads()).toEqual([]);
		},
	);
});

it('returns the details in production that were read for the item', async () => {
	await node.emulator.outcomes({ outcome: 'COMPLETED', failedFiles: { 1: 'Encrypted' } });
	const parameters = runParameters({ waitForCompletion: true, options: { includeDetails: true } });
	const [hint] = hintsOf(await node.run(parameters, five, PRODUCTION));
	expect(hint).toContain("1 file couldn't be processed. Reasons: 1.txt: Encrypted.");
	expect(await reads()).toHaveLength(2);
});

it('reads the failed files once for both the item and the hint', async () => {
	const parameters = runParameters({ waitForCompletion: true, options: { includeDetails: true } });
	hintsOf(await node.run(parameters, five));
	expect(await reads()).toHaveLength(2);
});

it('is returned soon if the failed files can never be read', async () => {
	await node.emulator.outcomes({ outcome: 'FAILED' });
	const route = { method: 'GET', path: '/failed-files$', times: null };
	await node.emulator.faults({ ...route, status: 500 });
	const { outputs, ms } = await node.run(runParameters({ waitForCompletion: true }), five);
	expect(outputs[0][0].json.status).toBe('FAILED');
	expect(await reads()).toHaveLength(2);
	expect(ms).toBeLessThan(15_000);
});

it("names the first reasons in the error of 'Fail on Job Failure'", async () => {
	const failedFiles = { 0: 'Zero', 1: 'One', 2: 'Two', 3: 'Three' };
	await node.emulator.outcomes({ outcome: 'FAILED', failedFiles });
	const options = { failOnJobFailure: true };
	const { error } = await node.run(runParameters({ waitForCompletion: true, options }), five);
	expect(error?.message).toMatch(/ finished as FAILED$/);
	expect(error?.description).toMatch(/^Reasons: 0\.txt: Zero; 1\.txt: One; 2\.txt: Two\. To see /);
	expect(await reads()).toHaveLength(1);
});

it('reads the failed files of at most five jobs', async () => {
	const workflows = await node.emulator.addWorkflows(Array.from('abcdefg', (name) => ({ name })));
	await node.emulator.outcomes({ outcome: 'FAILED', failedFiles: { 0: 'Encrypted' }, times: 7 });
	const items = filesAsItems(
		workflows.map(({ id }) => ({ name: 'a.txt', data: 'a', json: { workflow: id } })),
	);
	const parameters = runParameters({
		workflowId: byId('={{ $json.workflow }}'),
		waitForCompletion: true,
	});
	const [hint] = hintsOf(await node.run(parameters, items));
	expect(hint).toMatch(/^Jobs \S+, \S+, \S+, \S+, \S+ and 2 more failed\. Reasons: a\.txt: Enc/);
	expect(await reads()).toHaveLength(5);
});

it('explains how to wait for a job that is still running', async () => {
	await node.emulator.options({ jobSeconds: 60 });
	const parameters = runParameters({ waitForCompletion: true, options: { timeout: 1 } });
	expect(hintsOf(await node.run(parameters, five, goOn))).toEqual([
		`Job ${await lastJob()} is still running in Unstructured. Increase 'Timeout (Seconds)' in the options, or use 'Job: Wait for Completion' with the job ID.`,
	]);
});

describe('a job that was only started', () => {
	it('has a hint on how to wait for it', async () => {
		expect(hintsOf(await node.run(runParameters(), five))).toEqual([
			"This node only started the job. To wait for completion, turn on 'Wait for Completion', or add 'Job: Wait for Completion' after this node.",
		]);
	});

	it("has a hint on why it is on the output 'Running'", async () => {
		const result = await node.run(runParameters({ splitByStatus: true }), five);
		expect(hintsOf(result)).toEqual([
			"This node returned the job on the output 'Running', because it didn't wait for the final status. To wait for completion, turn on 'Wait for Completion', or add 'Job: Wait for Completion' after this node.",
		]);
	});
});

it('suggests no Get Output if the workflow delivers to a connector', async () => {
	const parameters = runParameters({
		workflowId: byId(BUCKET),
		sendInputFiles: false,
		waitForCompletion: true,
	});
	expect(hintsOf(await node.run(parameters, jsonItems({})))).toEqual([]);
});

it.each([403, 404] as const)(
	'has a hint even if the failed files cannot be read (%d)',
	async (status) => {
		const transform = await startTransformServer(node.emulator.url, status);
		const [, parameters] = waiting[1];
		await node.emulator.outcomes({ outcome: 'FAILED' });
		const apiUrl = transform.url;
		const result = await runEngine({ parameters, items: five, apiUrl, apiKey: node.emulator.key });
		await transform.close();
		expect(hintsOf(result)).toEqual([
			`Job ${await lastJob()} failed. To see why, open the Jobs page in Unstructured, or use 'Job: Get Failed Files' with the job ID.`,
		]);
	},
);

describe("with 'On Error' set to 'Continue'", () => {
	const parse = (options: INodeParameters = {}): INodeParameters => ({
		resource: 'document',
		operation: 'parse',
		options: { pollInterval: 0.1, ...options },
	});
	const PARTLY =
		"2 of 5 files couldn't be processed. Reasons: 1.txt: Encrypted; 3.txt: Damaged. Check these files, and process them again.";
	const partly = { outcome: 'COMPLETED', failedFiles: { 1: 'Encrypted.', 3: 'Damaged' } };

	it.each([['manual'], ['trigger']] as const)(
		'Document: Parse names the failed files (%s)',
		async (mode) => {
			await node.emulator.outcomes(partly);
			expect(hintsOf(await node.run(parse(), five, { ...goOn, mode }))).toEqual([PARTLY]);
			expect(await reads()).toHaveLength(1);
		},
	);

	it('Document: Parse names the jobs that failed or are still running', async () => {
		await node.emulator.outcomes({ outcome: 'FAILED', failedFiles: { 0: 'Encrypted' } });
		const failed = hintsOf(await node.run(parse(), five, goOn));
		expect(failed).toEqual([
			expect.stringMatching(
				new RegExp(`^Job ${await lastJob()} failed\\. Reasons: 0\\.txt: Encrypted; 1\\.txt: `),
			),
		]);
		expect(await reads()).toHaveLength(1);
		await node.emulator.options({ jobSeconds: 60 });
		const [running] = hintsOf(await node.run(parse({ timeout: 1 }), five, goOn));
		expect(running).toContain(`Job ${await lastJob()} is still running in Unstructured.`);
	});

	it('Job: Get Output names the failed files', async () => {
		await node.emulator.outcomes(partly);
		const parameters = runParameters({ waitForCompletion: true, workflowId: byId(LOCAL_FILES) });
		const [{ json }] = (await node.run(parameters, five, PRODUCTION)).outputs[0];
		const output = jobParameters('getOutput', { outputFormat: 'text' });
		expect(hintsOf(await node.run(output, jsonItems(json), { ...goOn, ...PRODUCTION }))).toEqual([
			PARTLY,
		]);
		expect(await reads()).toHaveLength(1);
	});
});
