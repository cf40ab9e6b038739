import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Fault } from '../../local/emulator/faults/plan.mjs';
import { filesAsItems } from '../support/engine.mjs';
import { useBinaryMode, type BinaryMode } from '../support/n8n.mjs';
import {
	BUCKET,
	goOn,
	jobParameters,
	jsonItems,
	runParameters,
	useNode,
} from '../support/node.mjs';

const node = useNode();
// Jobs finish immediately: their duration does not matter here.
beforeEach(() => node.emulator.options({ jobSeconds: 0 }));

const DOCUMENTS = [
	{ name: 'report.md', data: '# Report\n\nSome text.\n\n- one\n- two\n', type: 'text/markdown' },
	{ name: 'table.csv', data: 'name,sum\nA,1\n', type: 'text/csv' },
];

/** A finished job with the documents. */
async function endedJob() {
	await node.run(runParameters({ waitForCompletion: true }), filesAsItems(DOCUMENTS));
	const [job] = await node.emulator.jobs();
	return { id: job.id, files: job.input_file_ids ?? [] };
}

const getOutput = (id: unknown, parameters = {}, rest = {}) =>
	node.run(jobParameters('getOutput', parameters), jsonItems({ id }), rest);
const json = (items: INodeExecutionData[]) => items.map((item) => item.json);

it('returns elements, one per item, with the file of each', async () => {
	const { id, files } = await endedJob();
	const { outputs } = await getOutput(id);
	const report = { file_id: files[0], file_name: 'report.md' };
	expect(json(outputs[0])).toMatchObject([
		{ type: 'Title', text: 'Report', ...report, metadata: { filename: 'report.md' } },
		{ type: 'NarrativeText', text: 'Some text.', ...report },
		{ type: 'ListItem', text: 'one', ...report },
		{ type: 'ListItem', text: 'two', ...report },
		{ type: 'Table', file_id: files[1], file_name: 'table.csv' },
	]);
	expect(outputs[0].every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(
		true,
	);
	expect(outputs[0][0].json.element_id).toMatch(/^[0-9a-f]{32}$/);
});

it('returns the original name from the elements, and distinguishes two files with one stem', async () => {
	const names = ['2507.13305v1 a.md', 'Übersicht.md', 'a.txt', 'a.md'];
	const files = names.map((name) => ({ name, data: 'x', type: 'text/plain' }));
	await node.run(runParameters({ waitForCompletion: true }), filesAsItems(files));
	const [{ id, input_file_ids: fileIds }] = await node.emulator.jobs();
	for (const outputFormat of ['elements', 'file', 'text']) {
		const { outputs } = await getOutput(id, { outputFormat });
		expect(json(outputs[0])).toMatchObject(
			names.map((name, i) => ({ file_id: fileIds?.[i], file_name: name })),
		);
	}
	const { outputs } = await getOutput(id, { outputFormat: 'binary' });
	expect(outputs[0].map(({ binary }) => binary?.data.fileName).slice(2)).toEqual([
		'a.txt.json',
		'a.md.json',
	]);
});

it('returns files with their elements', async () => {
	const { id, files } = await endedJob();
	const { outputs } = await getOutput(id, { outputFormat: 'file' });
	expect(json(outputs[0])).toMatchObject([
		{ file_id: files[0], elements: [{ text: 'Report' }, {}, {}, {}] },
		{ file_id: files[1], elements: [{ type: 'Table' }] },
	]);
});

it('returns files with their text as Markdown', async () => {
	const { id } = await endedJob();
	const { outputs } = await getOutput(id, { outputFormat: 'text' });
	expect(json(outputs[0])).toMatchObject([
		{ file_name: 'report.md', text: '# Report\n\nSome text.\n\n- one\n- two' },
		{ file_name: 'table.csv', text: '| name | sum |\n| --- | --- |\n| A | 1 |' },
	]);
});

it.each<BinaryMode>(['filesystem', 'default'])(
	'returns JSON files, stored in %s mode',
	async (mode) => {
		await useBinaryMode(mode);
		const { id } = await endedJob();
		const { outputs } = await getOutput(id, { outputFormat: 'binary' });
		const [first] = outputs[0];
		expect(first.binary?.data).toMatchObject({
			fileName: 'report.md.json',
			mimeType: 'application/json',
		});
		expect(outputs[0].map(({ binary }) => Object.keys(binary ?? {}))).toEqual([['data'], ['data']]);
		const content = await contentOf(first.binary?.data as IBinaryData);
		expect(JSON.parse(content)).toMatchObject([{ text: 'Report' }, {}, {}, {}]);
	},
);

/** Reads a stored file like another node: with n8n's own helper. */
async function contentOf(binary: IBinaryData) {
	let content = '';
	await node.run(jobParameters('getAll'), async function (this: IExecuteFunctions) {
		content = binary.id
			? await this.helpers.binaryToString(await this.helpers.getBinaryStream(binary.id))
			: Buffer.from(binary.data, 'base64').toString('utf8');
		return [{ json: {} }];
	});
	return content;
}

it('returns only the requested files and node', async () => {
	await node.run(
		runParameters({
			workflowId: { __rl: true, mode: 'id', value: 'f0a1b2c3-4d5e-4f7a-8b9c-0d1e2f3a4b5d' },
			waitForCompletion: true,
		}),
		filesAsItems(DOCUMENTS),
	);
	const [job] = await node.emulator.jobs();
	const fileIds = job.input_file_ids?.[1];
	const last = await getOutput(job.id, { options: { fileIds } });
	expect(json(last.outputs[0])).toMatchObject([
		{ type: 'CompositeElement', embeddings: expect.any(Array) as unknown, file_id: fileIds },
	]);
	const { outputs } = await node.run(jobParameters('get'), jsonItems({ id: job.id }));
	const [{ node_id: nodeId }] = outputs[0][0].json.output_node_files as Array<{ node_id: string }>;
	const first = await getOutput(job.id, { options: { fileIds, nodeId } });
	expect(json(first.outputs[0])).toMatchObject([{ type: 'Table' }]);
});

it("uses the input job's files if the API omits them", async () => {
	await node.emulator.options({ omitOptionalJobKeys: true });
	await node.run(runParameters({ waitForCompletion: true }), filesAsItems(DOCUMENTS));
	const [{ id, input_file_ids }] = await node.emulator.jobs();
	const known = jsonItems({ id, input_file_ids });
	const { outputs } = await node.run(jobParameters('getOutput', { outputFormat: 'file' }), known);
	expect(json(outputs[0])).toMatchObject([{ file_name: 'report.md' }, { file_name: 'table.csv' }]);
});

describe('failed files', () => {
	async function partlyFailed() {
		const job = await endedJob();
		await node.emulator.changeJob(job.id, { failedFiles: { 0: 'TooManyPageFailuresException' } });
		return job;
	}

	it('are named in the message', async () => {
		const { id } = await partlyFailed();
		const { error } = await getOutput(id);
		expect(error?.message).toBe('1 of 2 files of the job could not be processed');
		expect(error?.description).toContain('report.md: TooManyPageFailuresException');
	});

	it('do not affect another file of the same name', async () => {
		const twins = ['one', 'two'].map((data) => ({ name: 'twin.txt', data }));
		await node.run(runParameters({ waitForCompletion: true }), filesAsItems(twins));
		const [{ id }] = await node.emulator.jobs();
		await node.emulator.changeJob(id, { failedFiles: { 0: 'unreadable' } });
		const { outputs } = await getOutput(id, {}, goOn);
		expect(json(outputs[0])).toMatchObject([{ details: 'unreadable' }, { text: 'two' }]);
	});

	it("do not affect the other files with 'On Error' set to 'Continue'", async () => {
		const { id } = await partlyFailed();
		const { outputs } = await getOutput(id, { outputFormat: 'file' }, goOn);
		expect(json(outputs[0])).toMatchObject([
			{
				error: "The file 'report.md' could not be processed",
				details: 'TooManyPageFailuresException',
			},
			{ file_name: 'table.csv' },
		]);
	});
});

describe('a failed download', () => {
	const DOWNLOAD = { path: '/download$' };

	it.each<[string, Fault]>([
		['a closed connection', { reset: 'before' }],
		['a response that breaks off', { reset: 'midAnswer' }],
		['half of a response', { truncate: true }],
		['a failing server', { status: 503, body: 'busy' }],
		['a page instead of data', { replace: { status: 200, body: '<html>Please wait</html>' } }],
		['a finished job whose output is not ready', { status: 404, body: { detail: 'not yet' } }],
	])('is retried after %s', async (_what, fault) => {
		const { id } = await endedJob();
		await node.emulator.faults({ ...DOWNLOAD, ...fault });
		const { outputs, error } = await getOutput(id);
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(5);
	});

	it.each<[string, Fault]>([
		['a page instead of data', { replace: { status: 200, body: '<html>Please wait</html>' } }],
		['a connection that breaks off', { reset: 'midAnswer' }],
	])('is not stored as a file after %s', async (_what, fault) => {
		const { id } = await endedJob();
		await node.emulator.faults({ ...DOWNLOAD, ...fault });
		const { outputs } = await getOutput(id, { outputFormat: 'binary' });
		const content = await contentOf(outputs[0][0].binary?.data as IBinaryData);
		expect(JSON.parse(content)).toHaveLength(4);
	});

	it.each<[string, number, string]>([
		['elements', 401, 'Unstructured did not recognize this API key'],
		['binary', 403, "The API key doesn't have permission for this"],
	])('%s: explains the response %i to a download', async (outputFormat, status, message) => {
		const { id } = await endedJob();
		await node.emulator.faults({ ...DOWNLOAD, status, body: { detail: 'no' }, times: null });
		const { error } = await getOutput(id, { outputFormat });
		expect(error?.message).toBe(message);
		expect(await node.emulator.requests('GET', /download$/)).toHaveLength(1);
	});

	it('reports a job that does not exist', async () => {
		const id = '00000000-0000-4000-8000-000000000000';
		const { outputs } = await getOutput(id, {}, goOn);
		expect(json(outputs[0])).toMatchObject([{ error: `The job '${id}' was not found` }]);
	});

	describe.each(['elements', 'file', 'text', 'binary'])('stopped in %s', (outputFormat) => {
		it.each<[string, Fault]>([
			['a missing response', { hang: 'handled' }],
			['a slow response', { bytesPerSecond: 5 }],
		])('with %s, ends immediately', async (_what, fault) => {
			const { id } = await endedJob();
			await node.emulator.faults({ ...DOWNLOAD, ...fault });
			const { done, cancel } = node.start(
				jobParameters('getOutput', { outputFormat }),
				jsonItems({ id }),
				goOn,
			);
			await node.emulator.arrived('GET', /download$/);
			await new Promise((resolve) => setTimeout(resolve, 500));
			const stopped = Date.now();
			cancel();
			const { run } = await done;
			expect(run.status).toBe('canceled');
			expect(Date.now() - stopped).toBeLessThan(1_000);
		});
	});

	describe('names a missing file in the error', () => {
		const FORMATS = ['elements', 'file', 'text', 'binary'];
		const given = new Map<string, INodeExecutionData[]>();
		let listed: string;

		// In parallel, because each download is retried for some seconds.
		beforeAll(async () => {
			await node.emulator.reset({ jobSeconds: 0 });
			const { id, files } = await endedJob();
			listed = files.map((file) => `'${file}'`).join(', ');
			await Promise.all(
				FORMATS.map(async (outputFormat) => {
					const options = { fileIds: 'nope.pdf' };
					const { outputs } = await getOutput(id, { outputFormat, options }, goOn);
					given.set(outputFormat, outputs[0]);
				}),
			);
		});

		it.each(FORMATS)('%s', (outputFormat) => {
			const [{ error, details }] = json(given.get(outputFormat)!);
			expect(error).toBe("The output of the file 'nope.pdf' was not found");
			expect(details).toContain(`Its file IDs are: ${listed}.`);
		});
	});

	it('reports a job that is still running', async () => {
		const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 60, last: 60 } });
		const { error } = await getOutput(id);
		expect(error?.message).toBe(`Job ${id} is not finished yet`);
		expect(error?.description).toContain("Turn on 'Wait for Completion' in the node that started");
		expect(error?.description).toContain("set 'If the Job Is Running' to 'Wait'");
	});

	it('reports a job whose results went to a connector', async () => {
		await node.run(
			runParameters({
				workflowId: { __rl: true, mode: 'id', value: BUCKET },
				sendInputFiles: false,
				waitForCompletion: true,
			}),
			jsonItems({}),
		);
		const [{ id }] = await node.emulator.jobs();
		const { error } = await getOutput(id);
		expect(error?.message).toBe(`Job ${id} names no files`);
		expect(error?.description).toContain('delivers its results to the destination');
	});
});
