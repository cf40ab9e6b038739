import type { INodeParameters } from 'n8n-workflow';
import { response, startDownloadServer } from '../support/downloadServer.mjs';
import { runEngine, type EngineRun } from '../support/engine.mjs';
import { goOn, jobParameters, jsonItems } from '../support/node.mjs';

/** The result in each format for the possible shapes of an output. */
let server: Awaited<ReturnType<typeof startDownloadServer>>;
beforeAll(async () => {
	server = await startDownloadServer();
});
afterAll(() => server.close());
beforeEach(() => server.files('a-1234567f.pdf'));

const getOutput = (parameters: INodeParameters, rest: Partial<EngineRun> = {}) =>
	runEngine({
		apiUrl: server.url,
		apiKey: 'key-0123456789',
		parameters: jobParameters('getOutput', parameters),
		items: jsonItems({ id: 'job-1' }),
		...rest,
	});
/** The items of an output in a format, without the fields that name their origin. */
async function itemsOf(output: unknown, outputFormat: string) {
	server.answer(response(typeof output === 'string' ? output : JSON.stringify(output)));
	const { outputs, error, run } = await getOutput({ outputFormat });
	expect(error).toBeUndefined();
	const items = outputs[0].map(({ json: { file_id, file_name, ...json }, ...item }) => {
		expect({ file_id, file_name }).toEqual({ file_id: 'a-1234567f.pdf', file_name: 'a.pdf' });
		return { ...item, json };
	});
	const hints = run.data.resultData.runData.Unstructured[0].hints ?? [];
	return { items, json: items.map(({ json }) => json), hints: hints.map(({ message }) => message) };
}
const jsonOf = async (output: unknown, format: string) => (await itemsOf(output, format)).json;

const DATA = { invoice: 'A-1', total: 12.5, lines: [{ text: 'Bolt', count: 2 }] };
const document = (data: unknown) => ({
	type: 'DocumentData',
	element_id: 'd',
	text: '',
	metadata: { extracted_data: data },
});
const paragraph = { type: 'NarrativeText', text: 'Some text', metadata: { page_number: 3 } };
const block = (data: unknown) => `\`\`\`json\n${JSON.stringify(data, null, 2)}\n\`\`\``;

describe.each<[string, unknown, unknown[]]>([
	['one object', DATA, [DATA]],
	['a list with one object', [DATA], [DATA]],
	['an object around it', { extracted_data: DATA }, [{ extracted_data: DATA }]],
	['an element', [document(DATA)], [document(DATA)]],
	['an element without a list', document(DATA), [document(DATA)]],
	['JSON as a string', [document(JSON.stringify(DATA))], [document(JSON.stringify(DATA))]],
])('extracted data as %s', (_what, output, elements) => {
	it('is returned unchanged as elements', async () => {
		expect(await jsonOf(output, 'elements')).toEqual(elements);
	});

	it('is returned as data next to the elements', async () => {
		expect(await jsonOf(output, 'file')).toEqual([{ elements, data: DATA }]);
	});

	it('is returned as data', async () => {
		expect(await jsonOf(output, 'extractedData')).toEqual([{ data: DATA }]);
	});

	it('is returned as a code block', async () => {
		expect(await jsonOf(output, 'text')).toEqual([{ text: block(DATA), page_count: null }]);
	});
});

it('is returned as data next to the text', async () => {
	const output = [document(DATA), paragraph];
	expect(await jsonOf(output, 'extractedData')).toEqual([{ data: DATA }]);
	expect(await jsonOf(output, 'text')).toEqual([
		{ text: `${block(DATA)}\n\nSome text`, page_count: 3 },
	]);
	expect(await jsonOf(output, 'pages')).toEqual([{ page_number: 3, text: 'Some text' }]);
});

it.each([
	['no data', [paragraph]],
	['null', [document(null), paragraph]],
	['an empty object', {}],
	['an empty list', []],
])('returns null if an extractor found nothing: %s', async (_what, output) => {
	const { json, hints } = await itemsOf(output, 'extractedData');
	expect(json).toEqual([{ data: null }]);
	expect(hints).toEqual([expect.stringContaining("no extracted data in the file 'a.pdf'")]);
});

it.each([
	['of its own', { formula: 'H2O', elements: [{ symbol: 'H' }, { symbol: 'O' }] }],
	['with texts', { name: 'Door', elements: [{ type: 'handle', text: 'brass' }] }],
	['of numbers', { elements: [1, 2] }],
	['that is empty, next to other members', { total: 0, elements: [] }],
	['under another name', { data: [{ text: 'brass' }, { text: 'steel' }] }],
	[
		'under another name, with types',
		{ data: [{ type: 'handle', text: 'brass', metadata: 'none' }] },
	],
	['under another name that is empty', { data: [] }],
	['under another name next to other data', { data: [document(DATA)], total: 1 }],
])('keeps data complete that has a list of elements %s', async (_what, data) => {
	expect(await jsonOf(data, 'elements')).toEqual([data]);
	expect(await jsonOf(data, 'extractedData')).toEqual([{ data }]);
});

it('reads an object around elements, with any other members', async () => {
	const element = { ...paragraph, element_id: '1' };
	expect(await jsonOf({ elements: [paragraph] }, 'elements')).toEqual([paragraph]);
	expect(await jsonOf({ version: 2, elements: [element] }, 'elements')).toEqual([element]);
});

it('reads an object around elements under another name, if they are elements for certain', async () => {
	const output = { data: [document(DATA), paragraph], file_name: 'a.pdf' };
	expect(await jsonOf(output, 'elements')).toEqual([document(DATA), paragraph]);
	expect(await jsonOf(output, 'extractedData')).toEqual([{ data: DATA }]);
	expect(await jsonOf(output, 'text')).toEqual([
		{ text: `${block(DATA)}\n\nSome text`, page_count: 3 },
	]);
});

it.each([
	['NaN', '[{"type":"Text","text":"NaN","n":NaN,"i":Infinity,"m":-Infinity}]'],
	['a byte order mark', '\ufeff[{"type":"Text","text":"NaN","n":null,"i":null,"m":null}]'],
	['lines', '{"type":"Text","text":"NaN","n":NaN,"i":null,"m":null}\n{"a":1}\n'],
])('reads %s', async (what, output) => {
	const element = { type: 'Text', text: 'NaN', n: null, i: null, m: null };
	expect(await jsonOf(output, 'elements')).toEqual(
		what === 'lines' ? [element, { a: 1 }] : [element],
	);
});

it('omits null and keeps other members as data', async () => {
	const output = [null, 5, [1, 2], true, 'a text', paragraph];
	const kept = [{ data: 5 }, { data: [1, 2] }, { data: true }, { text: 'a text' }, paragraph];
	expect(await jsonOf(output, 'elements')).toEqual(kept);
	const [{ elements }] = await jsonOf(output, 'file');
	expect(elements).toEqual(kept);
	const [{ text }] = await jsonOf(output, 'text');
	expect(text).not.toMatch(/null|\[object/);
	expect(text).toContain('a text\n\nSome text');
});

it('returns the text of each page', async () => {
	const at = (page: number | undefined, text: string) => ({
		type: 'NarrativeText',
		text,
		metadata: { page_number: page },
	});
	const output = [
		at(1, 'one'),
		at(2, 'two'),
		at(1, 'foot'),
		at(undefined, 'lost'),
		{ type: 'PageBreak', text: '' },
	];
	expect(await jsonOf(output, 'pages')).toEqual([
		{ page_number: 1, text: 'one\n\nfoot' },
		{ page_number: 2, text: 'two' },
		{ page_number: null, text: 'lost' },
	]);
	expect(await jsonOf(output, 'text')).toEqual([
		{ text: 'one\n\ntwo\n\nfoot\n\nlost', page_count: 2 },
	]);
});

describe('a file without a result', () => {
	it.each([
		['text', [{ text: '', page_count: null }], "Its 'text' is empty"],
		['file', [{ elements: [] }], 'list of elements is empty'],
		['binary', [{}], 'JSON file is empty'],
		['elements', [], "turn on 'Always Output Data'"],
		['pages', [], "turn on 'Always Output Data'"],
		['tables', [], "turn on 'Always Output Data'"],
		['images', [], "turn on 'Always Output Data'"],
	])('is named in a hint: %s', async (format, expected, says) => {
		const { json, hints } = await itemsOf([], format);
		expect(json).toEqual(expected);
		expect(hints).toEqual([expect.stringContaining("in the file 'a.pdf'")]);
		expect(hints[0]).toContain(says);
	});

	it('is named together with other files', async () => {
		server.files('a-1234567f.pdf', 'b-1234567f.pdf');
		server.answer(response('[]'));
		const { run } = await getOutput({ outputFormat: 'tables' });
		expect(run.data.resultData.runData.Unstructured[0].hints).toMatchObject([
			{ message: expect.stringContaining("in the files 'a.pdf', 'b.pdf'") as unknown },
		]);
	});
});

describe('File IDs', () => {
	const IDS = ['Smith, John.pdf', 'report.pdf', 'a,b,c.pdf'];
	const asked = async (fileIds: unknown) => {
		server.files(...IDS);
		server.answer(response('[]'));
		await getOutput({ outputFormat: 'file', options: { fileIds } as INodeParameters }, goOn);
		return server.seen.map((path) => new URL(path, 'http://x').searchParams.get('file_id'));
	};

	it.each<[unknown, string[]]>([
		['', IDS],
		['Smith, John.pdf', ['Smith, John.pdf']],
		['report.pdf, Smith, John.pdf,a,b,c.pdf', ['report.pdf', 'Smith, John.pdf', 'a,b,c.pdf']],
		['report.pdf,report.pdf', ['report.pdf']],
		[
			['Smith, John.pdf', 'report.pdf'],
			['Smith, John.pdf', 'report.pdf'],
		],
		['={{ ["a,b,c.pdf"] }}', ['a,b,c.pdf']],
		[[], IDS],
		[null, IDS],
		[[{ id: 1 }], []],
		[{}, []],
	])('reads %j as %j', async (fileIds, ids) => {
		expect(await asked(fileIds)).toEqual(ids);
	});
});

it('rejects a name that two files share or that lost its date', async () => {
	const named = async (...ids: string[]) => {
		server.files(...ids);
		server.answer(response('[]'));
		const { outputs } = await getOutput({ outputFormat: 'file' });
		return outputs[0].map(({ json }) => json.file_name);
	};
	const dates = ['report-20240131.pdf', 'report-20240201.pdf'];
	expect(await named(...dates)).toEqual(dates);
	expect(await named('report-20240131.pdf')).toEqual(['report-20240131.pdf']);
	expect(await named('notes-0a1b2c3d.txt', 'data-12345678.csv')).toEqual(['notes.txt', 'data.csv']);
	const twins = ['notes-0a1b2c3d.txt', 'notes-1a1b2c3d.txt'];
	expect(await named(...twins)).toEqual(twins);
});
