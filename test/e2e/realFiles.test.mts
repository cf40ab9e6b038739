import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IDataObject, INode } from 'n8n-workflow';
import { SEEDED } from '../../local/emulator/platform/seeds.mjs';
import { emulatorCredential } from '../../local/n8n/credentials.mjs';
import { importExample } from '../../local/n8n/examples.mjs';
import { runWorkflow } from '../../local/n8n/executions.mjs';
import { setFault, sentFile, uploads } from './support/emulator.mjs';
import { openWorld } from './support/world.mjs';

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

/** Try It -> the case's item -> Run -> Output, a separate chain for each case. */
function workflowOf({ name, binary, field = 'data' }: Case) {
	const credentials = { unstructuredApi: { id: null, name: 'Unstructured API' } };
	const unstructured = (title: string, parameters: IDataObject): INode => ({
		...node(title, 'n8n-nodes-unstructured.unstructured', 1, parameters),
		credentials,
	});
	const nodes = [
		node('Try It', 'n8n-nodes-base.manualTrigger', 1, {}),
		node('Item', 'n8n-nodes-base.code', 2, {
			jsCode: `return [{ json: {}, binary: ${JSON.stringify(binary)} }];`,
		}),
		unstructured('Run', {
			resource: 'workflow',
			operation: 'run',
			workflowId: { __rl: true, mode: 'id', value: SEEDED.localFiles },
			binaryPropertyName: field,
			waitForCompletion: true,
			options: { pollInterval: 0.5 },
		}),
		unstructured('Output', { resource: 'job', operation: 'getOutput', outputFormat: 'text' }),
	];
	const to = (next: string) => ({ main: [[{ node: next, type: 'main' as const, index: 0 }]] });
	return {
		id: `case${CASES.findIndex((one) => one.name === name)}`,
		name,
		nodes,
		connections: { 'Try It': to('Item'), Item: to('Run'), Run: to('Output') },
		settings: { executionOrder: 'v1' as const },
	};
}

await test('real-life files in a real n8n that keeps them in memory', async (t) => {
	const { api, emulator, close } = await openWorld({ N8N_DEFAULT_BINARY_DATA_MODE: 'default' });
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
});
