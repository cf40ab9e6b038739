import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { filesAsItems } from '../support/engine.mjs';
import { jobParameters, jsonItems, useNode } from '../support/node.mjs';

const node = useNode();

/** n8n passes only JSON to a tool, so an expression returns the file. */
const FILE = "={{ $('Source').first().binary.data }}";

const asTool = { node: { type: 'unstructuredTool' } };

const document = (operation: string, changes: INodeParameters = {}): INodeParameters => ({
	resource: 'document',
	operation,
	binaryPropertyName: FILE,
	...changes,
	options: { pollInterval: 0.1, ...(changes.options as INodeParameters) },
});

const EXAMPLE = {
	schemaType: 'fromJson',
	jsonSchemaExample: '{ "number": "A", "due": "2026-01-01", "settings": "x" }',
};

/** The model's result of a call for one document. */
async function told(parameters: INodeParameters, data = 'Invoice 17') {
	const items = filesAsItems([{ name: 'invoice.txt', data }]);
	const { outputs, error } = await node.run(parameters, items, asTool);
	return { error, results: (outputs[0] ?? []).map(({ json }) => json) };
}

const output = (body: unknown) =>
	node.emulator.faults({ path: '/download', times: null, replace: { status: 200, body } });

const documentData = (data: unknown) => ({
	type: 'DocumentData',
	element_id: 'e1',
	text: '',
	metadata: { extracted_data: data },
});

const block = (data: unknown) => `\`\`\`json\n${JSON.stringify(data, null, 2)}\n\`\`\``;

/** Data longer than the limit of other fields, with keys that are omitted there. */
const DATA: IDataObject = {
	number: '17',
	due: null,
	settings: 'Net 30 days',
	lines: Array.from({ length: 30 }, (_, place) => ({ place, text: 'x'.repeat(20) })),
};

describe('Document: Parse as a tool', () => {
	it.each([
		['the file', FILE],
		['all files', "={{ $('Source').first().binary }}"],
	])('returns the text of %s of another node', async (_what, binaryPropertyName) => {
		const { results, error } = await told(document('parse', { binaryPropertyName }));
		expect(error).toBeUndefined();
		const [{ id, input_file_ids: ids }] = await node.emulator.jobs();
		expect(results).toEqual([
			{ job_id: id, file_id: ids![0], file_name: 'invoice.txt', text: 'Invoice 17' },
		]);
	});

	it('truncates a long text with a note', async () => {
		const text = 'word '.repeat(10_000).trim();
		const { results } = await told(document('parse', { maxCharacters: 2_000 }), text);
		expect(results).toHaveLength(1);
		expect(results[0].text).toMatch(/^(word )+.*… \[truncated at 1\d{3} of 49999 characters\]$/);
		expect(JSON.stringify(results).length).toBeLessThan(2_100);
	});

	it('explains in one text that there is no file and what to do', async () => {
		const { error } = await told(document('parse', { binaryPropertyName: '' }));
		expect(error?.message).toBe(
			"'Input Binary Field' does not name a file. Enter another node's file with an expression, e.g. {{ $('Form').first().binary }}.",
		);
		expect(await node.emulator.jobs()).toEqual([]);
	});

	it('explains in one text why the file could not be processed', async () => {
		await node.emulator.outcomes({ failedFiles: { 0: 'The file is damaged' } });
		const { error } = await told(document('parse'));
		const [{ id }] = await node.emulator.jobs();
		expect(error?.message).toBe(
			`The file 'invoice.txt' could not be processed. The file is damaged. It was processed by job ${id}.`,
		);
	});
});

describe('Document: Extract as a tool', () => {
	it('returns all data as a code block', async () => {
		await output([documentData(DATA)]);
		const { results, error } = await told(document('extract', EXAMPLE));
		expect(error).toBeUndefined();
		const [{ id, input_file_ids: ids }] = await node.emulator.jobs();
		expect(results).toEqual([
			{ job_id: id, file_id: ids![0], file_name: 'invoice.txt', text: block(DATA) },
		]);
	});

	it('returns the text after the data', async () => {
		await output([
			documentData({ number: '17' }),
			{ type: 'Title', text: 'Invoice', metadata: {} },
		]);
		const options = { includeText: true };
		const { results } = await told(document('extract', { ...EXAMPLE, options }));
		expect(results.map(({ text }) => text)).toEqual([`${block({ number: '17' })}\n\n# Invoice`]);
	});

	it('truncates long data with a note', async () => {
		await output([documentData(DATA)]);
		const { results } = await told(document('extract', { ...EXAMPLE, maxCharacters: 1_000 }));
		expect(results).toHaveLength(1);
		expect(results[0].text).toMatch(/^```json\n\{\n {2}"number": "17",[^]*… \[truncated at /);
	});

	it('reports that no data was found', async () => {
		await output([documentData({})]);
		const { results } = await told(document('extract', EXAMPLE));
		expect(results.map(({ text }) => text)).toEqual(['No data was found in the file.']);
	});
});

describe('Job: Get Output as a tool', () => {
	const paragraph = { type: 'NarrativeText', text: 'Some text', metadata: { page_number: 3 } };

	async function readAs(outputFormat: string, body: unknown) {
		await node.run(document('parse'), filesAsItems([{ name: 'a.txt', data: 'a' }]));
		const [{ id }] = await node.emulator.jobs();
		await output(body);
		const parameters = jobParameters('getOutput', { jobId: id, outputFormat });
		const { outputs, error } = await node.run(parameters, jsonItems({}), asTool);
		expect(error).toBeUndefined();
		return outputs[0].map(({ json: { type, text, page_number } }) => ({ type, text, page_number }));
	}

	it.each<[string, unknown, Array<string | undefined>]>([
		['an element', [documentData(DATA), paragraph], ['DocumentData', 'NarrativeText']],
		['an object', [DATA, paragraph], [undefined, 'NarrativeText']],
	])('returns the data of %s as a code block among the elements', async (_, body, types) => {
		expect(await readAs('elements', body)).toEqual([
			{ type: types[0], text: block(DATA), page_number: undefined },
			{ type: types[1], text: 'Some text', page_number: 3 },
		]);
	});

	it('returns the data as a code block before the text', async () => {
		expect(await readAs('text', [documentData(DATA), paragraph])).toEqual([
			{ text: `${block(DATA)}\n\nSome text` },
		]);
	});
});
