import type { IExecuteFunctions, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { filesAsItems, type MakeItems } from '../support/engine.mjs';
import { byId, goOn, LOCAL_FILES, useNode } from '../support/node.mjs';

const node = useNode();
beforeEach(() => node.emulator.options({ launchSpacing: 1 }));

const parse = (changes: INodeParameters = {}): INodeParameters => ({
	resource: 'document',
	operation: 'parse',
	...changes,
	options: { pollInterval: 0.1, ...(changes.options as INodeParameters) },
});

/** Emails with one attachment each, whose text identifies the attachment. */
const emails = (...names: string[]) =>
	filesAsItems(
		names.map((name, i) => ({
			name,
			data: `content ${i}`,
			json: { subject: `Subject ${i}` },
		})),
	);

/** One item with several files. */
const itemsWithFiles = (...items: string[][]): MakeItems =>
	async function (this: IExecuteFunctions) {
		const made: INodeExecutionData[] = [];
		for (const [place, names] of items.entries()) {
			const binary: INodeExecutionData['binary'] = {};
			for (const [i, name] of names.entries()) {
				const data = Buffer.from(`item ${place} file ${i}`);
				binary[`file_${i}`] = await this.helpers.prepareBinaryData(data, name, 'text/plain');
			}
			made.push({ json: { place }, binary });
		}
		return made;
	};

const texts = (outputs: INodeExecutionData[][]) =>
	outputs[0].map(({ json, pairedItem }) => [json.file_name, json.text, pairedItem]);

const sentNames = async () =>
	(await node.emulator.jobs()).reverse().map(({ files }) => files.map(({ fileName }) => fileName));

const definitions = async () =>
	(await node.emulator.requests('POST', /\/jobs\/$/)).map(
		({ fields }) => JSON.parse(fields.request_data) as unknown,
	);

it('returns the text of each file with its item, from one job', async () => {
	const { outputs } = await node.run(parse(), emails('a.txt', 'b.txt', 'a.txt'));
	const [job] = await node.emulator.jobs();
	expect(outputs[0].map(({ json }) => json)).toEqual([
		{
			job_id: job.id,
			file_id: job.input_file_ids![0],
			file_name: 'a.txt',
			page_count: null,
			text: 'content 0',
		},
		{
			job_id: job.id,
			file_id: job.input_file_ids![1],
			file_name: 'b.txt',
			page_count: null,
			text: 'content 1',
		},
		{
			job_id: job.id,
			file_id: job.input_file_ids![2],
			file_name: 'a.txt',
			page_count: null,
			text: 'content 2',
		},
	]);
	expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
	expect(await definitions()).toEqual([
		{
			job_nodes: [
				{
					name: 'Partitioner',
					type: 'partition',
					subtype: 'vlm',
					settings: { is_dynamic: true, allow_fast: true },
				},
			],
		},
	]);
});

it('distinguishes files with the same name', async () => {
	const { outputs } = await node.run(parse(), emails('a b.txt', 'a.b.txt', 'a-b.txt', 'a b.txt'));
	expect(await sentNames()).toEqual([['a b.txt', 'a.b-2.txt', 'a-b-3.txt', 'a b-4.txt']]);
	expect(texts(outputs)).toEqual([
		['a b.txt', 'content 0', { item: 0 }],
		['a.b.txt', 'content 1', { item: 1 }],
		['a-b.txt', 'content 2', { item: 2 }],
		['a b.txt', 'content 3', { item: 3 }],
	]);
});

it('pairs each file of 25 items across three jobs', async () => {
	const names = Array.from({ length: 25 }, (_, i) => (i % 3 ? `${i}.txt` : 'same.txt'));
	const { outputs } = await node.run(parse(), emails(...names));
	expect((await sentNames()).map(({ length }) => length)).toEqual([10, 10, 5]);
	expect(texts(outputs)).toEqual(names.map((name, item) => [name, `content ${item}`, { item }]));
});

it('pairs every file of items with several files', async () => {
	const items = itemsWithFiles(['a.txt', 'a.txt'], ['a.txt'], ['b.txt', 'a.txt', 'c.txt']);
	const parameters = parse({ binaryPropertyName: '*', options: { filesPerJob: 4 } });
	const { outputs } = await node.run(parameters, items);
	expect((await sentNames()).map(({ length }) => length)).toEqual([4, 2]);
	expect(texts(outputs)).toEqual([
		['a.txt', 'item 0 file 0', { item: 0 }],
		['a.txt', 'item 0 file 1', { item: 0 }],
		['a.txt', 'item 1 file 0', { item: 1 }],
		['b.txt', 'item 2 file 0', { item: 2 }],
		['a.txt', 'item 2 file 1', { item: 2 }],
		['c.txt', 'item 2 file 2', { item: 2 }],
	]);
});

it('adds the fields of the input item', async () => {
	const { outputs } = await node.run(
		parse({ options: { includeInputFields: true } }),
		emails('a.txt'),
	);
	expect(outputs[0][0].json).toMatchObject({ text: 'content 0', input: { subject: 'Subject 0' } });
});

it('adds a chunker', async () => {
	await node.run(
		parse({ options: { chunking: 'chunk_by_title', maxCharacters: 2500 } }),
		emails('a.txt'),
	);
	const [{ job_nodes: nodes }] = (await definitions()) as [{ job_nodes: unknown[] }];
	expect(nodes[1]).toEqual({
		name: 'Chunker',
		type: 'chunk',
		subtype: 'chunk_by_title',
		settings: { max_characters: 2500 },
	});
});

it.each([
	['a template', { processing: 'template', templateId: byId('hi_res_partition') }],
	[
		'nodes',
		{ processing: 'nodes', jobNodes: '[{"name": "P", "type": "partition", "subtype": "vlm"}]' },
	],
	['a workflow', { processing: 'workflow', workflowId: byId(LOCAL_FILES) }],
])('processes files with %s', async (_, parameters) => {
	const { outputs } = await node.run(parse(parameters), emails('a.txt', 'a.txt'));
	expect(texts(outputs)).toEqual([
		['a.txt', 'content 0', { item: 0 }],
		['a.txt', 'content 1', { item: 1 }],
	]);
	expect(await node.emulator.jobs()).toHaveLength(1);
});

it('sends all files to a workflow in one job', async () => {
	const names = Array.from({ length: 12 }, (_, i) => `${i}.txt`);
	const parameters = parse({ processing: 'workflow', workflowId: byId(LOCAL_FILES) });
	const { outputs } = await node.run(parameters, emails(...names));
	expect(outputs[0]).toHaveLength(12);
	expect(await node.emulator.jobs()).toHaveLength(1);
});

describe('with one file of five that fails', () => {
	beforeEach(() => node.emulator.outcomes({ failedFiles: { 2: 'File is encrypted' } }));
	const five = emails('0.txt', '1.txt', '2.txt', '3.txt', '4.txt');

	it('returns four results and one failed item', async () => {
		const { outputs } = await node.run(parse(), five, goOn);
		const [{ id }] = await node.emulator.jobs();
		expect(outputs[0].map(({ json, pairedItem }) => [json.text ?? json.error, pairedItem])).toEqual(
			[
				['content 0', { item: 0 }],
				['content 1', { item: 1 }],
				["The file '2.txt' could not be processed", { item: 2 }],
				['content 3', { item: 3 }],
				['content 4', { item: 4 }],
			],
		);
		expect(outputs[0][2].json.details).toContain('File is encrypted');
		expect(outputs[0][2].json.details).toContain(id);
	});

	it('fails with the file and the job', async () => {
		const { error } = await node.run(parse(), five);
		const [{ id }] = await node.emulator.jobs();
		expect(error?.message).toBe("The file '2.txt' could not be processed");
		expect(error?.description).toContain(id);
	});
});

it.each([['FAILED'], ['STOPPED']])(
	'fails the items of a job that finishes as %s',
	async (outcome) => {
		await node.emulator.outcomes({ outcome });
		const parameters = parse({ options: { filesPerJob: 2 } });
		const { outputs } = await node.run(parameters, emails('0.txt', '1.txt', '2.txt'), goOn);
		const [, first] = await node.emulator.jobs();
		expect(outputs[0].map(({ json }) => json.text ?? json.error)).toEqual([
			expect.stringContaining(`Job ${first.id}`),
			expect.stringContaining(`Job ${first.id}`),
			'content 2',
		]);
	},
);

it('names the first reasons of a failed job', async () => {
	const failedFiles = { 0: 'Encrypted.', 1: 'Too many pages', 2: 'Damaged', 3: 'Empty' };
	await node.emulator.outcomes({ outcome: 'FAILED', failedFiles });
	const { error } = await node.run(parse(), emails('0.txt', '1.txt', '2.txt', '3.txt'));
	expect(error?.description).toContain(
		'Reasons: 0.txt: Encrypted; 1.txt: Too many pages; 2.txt: Damaged. Open the job',
	);
});

it('fails the items of a job at the time limit and names the job', async () => {
	await node.emulator.options({ jobSeconds: 60 });
	const { outputs } = await node.run(parse({ options: { timeout: 1 } }), emails('0.txt'), goOn);
	const [{ id }] = await node.emulator.jobs();
	expect(outputs[0]).toMatchObject([{ json: { error: expect.stringContaining(id) as string } }]);
});

it('fails the items of a job that cannot be started', async () => {
	await node.emulator.faults({
		method: 'POST',
		path: '^/jobs/$',
		status: 422,
		body: { detail: 'bad nodes' },
	});
	const parameters = parse({ options: { filesPerJob: 1 } });
	const { outputs } = await node.run(parameters, emails('0.txt', '1.txt'), goOn);
	expect(outputs[0]).toMatchObject([
		{ json: { error: expect.stringContaining('') as string }, pairedItem: { item: 0 } },
		{ json: { text: 'content 1' }, pairedItem: { item: 1 } },
	]);
	expect(outputs[0][0].json.details).toContain('bad nodes');
});

it('starts nothing for an item without a file', async () => {
	const { outputs } = await node.run(
		parse(),
		function () {
			return Promise.resolve([{ json: {} }]);
		},
		goOn,
	);
	expect(outputs[0]).toMatchObject([{ json: { error: expect.any(String) as string } }]);
	expect(await node.emulator.requests()).toEqual([]);
});

it('returns no result if its file is uncertain', async () => {
	await node.emulator.options({ omitOptionalJobKeys: true });
	const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 0, last: 0 } });
	const body = { id, status: 'COMPLETED', input_file_ids: ['other-d88db765.txt'] };
	await node.emulator.faults({ method: 'POST', path: '^/jobs/$', replace: { status: 200, body } });
	const { error } = await node.run(parse(), emails('a.txt'));
	expect(error?.message).toContain(`Job ${id} returned the file ID 'other-d88db765.txt'`);
	expect(error?.description).toContain("'Job: Get Output'");
});

it('fails the file for which the job returns no ID', async () => {
	await node.emulator.options({ omitOptionalJobKeys: true });
	const [id] = await node.emulator.addJobs({ count: 1, endsIn: { first: 0, last: 0 } });
	const body = { id, status: 'COMPLETED', input_file_ids: ['b-d88db765.txt'] };
	await node.emulator.faults(
		{ method: 'POST', path: '^/jobs/$', replace: { status: 200, body } },
		{ path: '/download', replace: { status: 200, body: [{ type: 'Title', text: 'b' }] } },
	);
	const { outputs } = await node.run(parse(), emails('a.txt', 'b.txt'), goOn);
	expect(outputs[0]).toMatchObject([
		{ json: { error: expect.stringContaining("'a.txt'") as string }, pairedItem: { item: 0 } },
		{
			json: { file_name: 'b.txt', text: expect.stringContaining('b') as string },
			pairedItem: { item: 1 },
		},
	]);
});
