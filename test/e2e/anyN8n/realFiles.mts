import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IDataObject, INode } from 'n8n-workflow';
import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { emulatorCredential } from '../../../local/n8n/credentials.mjs';
import { importExample } from '../../../local/n8n/examples.mjs';
import { runWorkflow } from '../../../local/n8n/executions.mjs';
import { setFault, sentFile, uploads } from '../support/emulator.mjs';
import { commonWorld } from '../support/commonWorld.mjs';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const text = (content: string, fileName: unknown = 'same.txt') => ({
	data: base64(content),
	mimeType: 'text/plain',
	fileName,
});
const PDF =
	'%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
	'3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n';
const pdf = (fileName: unknown, rest: IDataObject = {}) => ({
	data: base64(PDF),
	mimeType: 'application/pdf',
	fileName,
	...rest,
});

interface Case {
	name: string;
	binary: Record<string, unknown>;
	field?: string;
	/** The files that arrive. None if an error is expected instead. */
	sent?: Array<[name: string, type: string, content: string]>;
	says?: RegExp;
}

const TWO = { a: text('one'), b: text('two') };
const CASES: Case[] = [
	{ name: 'one of two alike', binary: TWO, field: '={{ $binary.b }}', says: /Several files/ },
	{
		name: 'both of two alike',
		binary: TWO,
		field: '={{ $binary }}',
		sent: [
			['same.txt', 'text/plain', 'one'],
			['same.txt', 'text/plain', 'two'],
		],
	},
	{
		name: 'one of two that differ',
		binary: { a: text('one'), b: text('two', 'b.txt') },
		field: '={{ $binary.b }}',
		sent: [['b.txt', 'text/plain', 'two']],
	},
	{
		name: 'no id',
		binary: { data: { ...text(''), data: 'filesystem-v2' } },
		says: /'id' is missing/,
	},
	{ name: 'plain text', binary: { data: { ...text(''), data: 'hello' } }, says: /not base64/ },
	{
		name: 'a data URI',
		binary: { data: { ...text(''), data: `data:text/plain;base64,${base64('uri')}` } },
		sent: [['same.txt', 'text/plain', 'uri']],
	},
	{
		name: 'a name without extension',
		binary: { data: pdf('Quarterly report', { fileExtension: 'pdf' }) },
		sent: [['Quarterly report.pdf', 'application/pdf', PDF]],
	},
	{
		name: 'a version as name',
		binary: { data: pdf('v1.2', { fileExtension: '.pdf' }) },
		sent: [['v1.2.pdf', 'application/pdf', PDF]],
	},
	{
		name: 'an empty attachment',
		binary: { attachment_0: text('one'), attachment_1: text('', 'empty.txt') },
		field: '*',
		sent: [['same.txt', 'text/plain', 'one']],
	},
	{ name: 'an empty file', binary: { data: text('', 'empty.txt') }, says: /'empty.txt' is empty/ },
];

const TABLE =
	'<table><tr><td>Item</td><td>2023</td><td>2024</td></tr><tr><td>Revenue</td><td/><td>500</td></tr></table>';

const node = (name: string, type: string, typeVersion: number, parameters: IDataObject): INode =>
	({ id: name, name, type, typeVersion, position: [0, 0], parameters }) as INode;

const unstructured = (title: string, parameters: IDataObject): INode => ({
	...node(title, 'n8n-nodes-unstructured.unstructured', 1, parameters),
	credentials: { unstructuredApi: { id: null, name: 'Unstructured API' } },
});

const run = (binaryPropertyName: string) =>
	unstructured('Run', {
		resource: 'workflow',
		operation: 'run',
		workflowId: { __rl: true, mode: 'id', value: SEEDED.localFiles },
		binaryPropertyName,
		waitForCompletion: true,
		options: { pollInterval: 0.5 },
	});

const output = (title: string, outputFormat: string) =>
	unstructured(title, { resource: 'job', operation: 'getOutput', outputFormat });

const to = (...names: string[]) => ({
	main: [names.map((name) => ({ node: name, type: 'main' as const, index: 0 }))],
});

const SETTINGS = { executionOrder: 'v1' as const };

/** Try It -> the case's item -> Run -> Output, a separate chain for each case. */
function workflowOf({ name, binary, field = 'data' }: Case) {
	const nodes = [
		node('Try It', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Item', 'n8n-nodes-base.code', 2, {
			jsCode: `return [{ json: {}, binary: ${JSON.stringify(binary)} }];`,
		}),
		run(field),
		output('Output', 'text'),
	];
	return {
		id: `case${CASES.findIndex((one) => one.name === name)}`,
		name,
		nodes,
		connections: { 'Try It': to('Item'), Item: to('Run'), Run: to('Output') },
		settings: SETTINGS,
	};
}

const DATA = { invoice: 'A-1', total: 12.5, elements: [{ text: 'Bolt', count: 2 }] };
const DOCUMENT = { type: 'DocumentData', text: '', metadata: { extracted_data: DATA } };

/** Outputs of an extractor, and the elements that they contain. */
const EXTRACTED: Array<[what: string, body: unknown, elements: unknown[]]> = [
	['an object', DATA, [DATA]],
	['a list with the object', [DATA], [DATA]],
	['an element', [DOCUMENT], [DOCUMENT]],
];

/** Try It -> one file -> Run -> Get Output in three formats. */
const EXTRACT = {
	id: 'extractedData',
	name: 'Extracted data',
	nodes: [
		node('Try It', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Item', 'n8n-nodes-base.code', 2, {
			jsCode: `return [{ json: {}, binary: ${JSON.stringify({ data: text('one') })} }];`,
		}),
		run('data'),
		...['elements', 'text', 'file'].map((format) => output(format, format)),
	],
	connections: {
		'Try It': to('Item'),
		Item: to('Run'),
		Run: to('elements', 'text', 'file'),
	},
	settings: SETTINGS,
};

/** Try It -> three files -> Loop Over Items -> Run -> Get Output -> the loop again, or Done. */
const loop = (alwaysOutputData: boolean) => ({
	id: `loop${alwaysOutputData}`,
	name: 'Loop over files',
	nodes: [
		node('Try It', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Items', 'n8n-nodes-base.code', 2, {
			jsCode: `return ${JSON.stringify(
				['one', 'two', 'three'].map((name) => ({
					json: {},
					binary: { data: text(name, `${name}.txt`) },
				})),
			)};`,
		}),
		node('Loop', 'n8n-nodes-base.splitInBatches', 3, { options: {} }),
		run('data'),
		{ ...output('Output', 'elements'), alwaysOutputData },
		node('Done', 'n8n-nodes-base.noOp', 1, {}),
	],
	connections: {
		'Try It': to('Items'),
		Items: to('Loop'),
		Loop: { main: [...to('Done').main, ...to('Run').main] },
		Run: to('Output'),
		Output: to('Loop'),
	},
	settings: SETTINGS,
});

await test('real-life files in a real n8n that keeps them in memory', async (t) => {
	const { api, emulator, close } = await commonWorld('default');
	t.after(close);
	const unstructuredApi = await emulatorCredential(api, {
		apiKey: emulator.key,
		apiUrl: emulator.url,
	});

	for (const one of CASES) {
		await t.test(one.name, async () => {
			const before = (await uploads(emulator.url)).length;
			if (one.sent) {
				await setFault(emulator.url, {
					method: 'GET',
					path: '/download',
					status: 200,
					body: [{ type: 'TableChunk', text: 'flat', metadata: { text_as_html: TABLE } }],
				});
			}
			const workflow = workflowOf(one);
			await importExample(api, workflow, { unstructuredApi });
			const { status, error, runs } = await runWorkflow(api, workflow.id, 'Try It');
			const sent = (await uploads(emulator.url)).slice(before);
			if (!one.sent) {
				assert.equal(status, 'error');
				assert.match(error ?? '', one.says ?? /^$/);
				assert.deepEqual(sent, []);
				return;
			}
			assert.equal(status, 'success', error);
			assert.deepEqual(sent, [one.sent.map((file) => sentFile(...file))]);
			assert.equal(
				runs.Output[0].data?.main[0]?.[0].json.text,
				'| Item | 2023 | 2024 |\n| --- | --- | --- |\n| Revenue |  | 500 |',
			);
			const hints = runs.Run[0].hints?.map(({ message }) => message) ?? [];
			assert.deepEqual(
				hints.filter((hint) => hint.startsWith('Empty files')),
				one.field === '*' ? ["Empty files were skipped: 'empty.txt' of item 1."] : [],
			);
		});
	}

	for (const [what, body, elements] of EXTRACTED) {
		await t.test(`extracted data as ${what}`, async () => {
			await setFault(emulator.url, {
				method: 'GET',
				path: '/download',
				status: 200,
				body,
				times: 3,
			});
			await importExample(api, EXTRACT, { unstructuredApi });
			const { status, error, runs } = await runWorkflow(api, EXTRACT.id, 'Try It');
			assert.equal(status, 'success', error);
			const jsonOf = (name: string) =>
				runs[name][0].data?.main[0]?.map(({ json: { file_id, file_name, ...json } }) => {
					assert.match(file_id as string, /^same-[0-9a-f]{8}\.txt$/);
					// A hash of digits alone may be a date, so it stays.
					assert.match(file_name as string, /^same(-\d{8})?\.txt$/);
					return json;
				});
			assert.deepEqual(jsonOf('elements'), elements);
			const block = `\`\`\`json\n${JSON.stringify(DATA, null, 2)}\n\`\`\``;
			assert.deepEqual(jsonOf('text'), [{ text: block, page_count: null }]);
			assert.deepEqual(jsonOf('file'), [{ elements, data: DATA }]);
		});
	}

	for (const alwaysOutputData of [false, true]) {
		const end = alwaysOutputData ? 'continues with Always Output Data' : 'ends with a hint';
		await t.test(`a loop over files ${end} at a document without elements`, async () => {
			const workflow = loop(alwaysOutputData);
			const before = (await uploads(emulator.url)).length;
			const fault = { method: 'GET', path: '/download', status: 200, body: [], after: 1 };
			await setFault(emulator.url, fault);
			await importExample(api, workflow, { unstructuredApi });
			const { status, error, runs } = await runWorkflow(api, workflow.id, 'Try It');
			assert.equal(status, 'success', error);
			const hints = runs.Output.flatMap(({ hints: own = [] }) => own.map(({ message }) => message));
			assert.equal(hints.length, 1);
			assert.match(
				hints[0],
				/^Unstructured found no elements in the file 'two(-\d{8})?\.txt'\. No item is returned for it\. To continue anyway, turn on 'Always Output Data' in the settings of this node\.$/,
			);
			const sent = (await uploads(emulator.url)).slice(before).flat();
			const names = sent.map(({ name }) => name);
			assert.deepEqual(
				names,
				['one.txt', 'two.txt', 'three.txt'].slice(0, alwaysOutputData ? 3 : 2),
			);
			const done = runs.Done?.[0]?.data?.main[0]?.map(({ json }) => json.text);
			assert.deepEqual(done, alwaysOutputData ? ['one', undefined, 'three'] : undefined);
		});
	}
});
