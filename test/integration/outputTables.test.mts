import { parse } from 'csv-parse/sync';
import type { IBinaryData, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { response, startDownloadServer } from '../support/downloadServer.mjs';
import { runEngine, type EngineRun } from '../support/engine.mjs';
import { useBinaryMode, type BinaryMode } from '../support/n8n.mjs';
import { jobParameters, jsonItems } from '../support/node.mjs';
import { storedBytes, storedText } from '../support/storedFiles.mjs';

/** The result in each format for the tables and images of an output. */
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

const paragraph = { type: 'NarrativeText', text: 'Some text', metadata: { page_number: 3 } };

describe('tables', () => {
	const table = (html: string, type = 'Table') => ({
		type,
		text: 'flat',
		metadata: { page_number: 2, text_as_html: html },
	});
	const csvOf = async ({ binary }: Partial<INodeExecutionData>) =>
		await storedText(binary?.data as IBinaryData);

	it.each<[BinaryMode]>([['filesystem'], ['default']])(
		'are returned as rows, with spans repeated, and as CSV files: %s mode',
		async (mode) => {
			await useBinaryMode(mode);
			const html =
				'<table><tr><th colspan="2">Year</th></tr><tr><td rowspan="2">2,023</td><td/></tr><tr><td>say "x"</td></tr></table>';
			const { items } = await itemsOf(
				[table(html), paragraph, table(html, 'CompositeElement')],
				'tables',
			);
			const rows = [
				['Year', 'Year'],
				['2,023', ''],
				['2,023', 'say "x"'],
			];
			expect(items.map(({ json }) => json)).toEqual([
				{ page_number: 2, rows, html },
				{ page_number: 2, rows, html },
			]);
			expect(items.map(({ binary }) => binary?.data.fileName)).toEqual([
				'a.pdf-page-2-table-1.csv',
				'a.pdf-page-2-table-2.csv',
			]);
			const csv = await csvOf(items[0]);
			expect(csv).toBe('Year,Year\r\n"2,023",\r\n"2,023","say ""x"""\r\n');
			expect(parse(csv)).toEqual(rows);
			expect(items[0].binary?.data.mimeType).toBe('text/csv');
		},
	);

	it('have one cell if the output has only a text', async () => {
		const { items } = await itemsOf([{ type: 'Table', text: 'a b', metadata: {} }], 'tables');
		expect(items[0].json).toEqual({ page_number: null, rows: [['a b']], html: null });
	});

	it('run no formula', async () => {
		const cells = [
			'=1+1',
			'+1-2',
			'@SUM(A1)',
			'-2+3',
			'-e5',
			'-5',
			'+1,234.50',
			'-3.2%',
			'-$5',
			'-',
		];
		const html = `<table><tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr></table>`;
		const { items } = await itemsOf([table(html)], 'tables');
		expect(items[0].json.rows).toEqual([cells]);
		expect(parse(await csvOf(items[0]))).toEqual([
			["'=1+1", "'+1-2", "'@SUM(A1)", "'-2+3", "'-e5", '-5', '+1,234.50', '-3.2%', '-$5', '-'],
		]);
	});
});

describe('images', () => {
	const png = Buffer.from('89504e470d0a1a0a00ff10', 'hex');
	const image = (metadata: object, text = 'A cat') => ({ type: 'Image', text, metadata });

	it.each<[BinaryMode]>([['filesystem'], ['default']])(
		'are returned byte for byte: %s mode',
		async (mode) => {
			await useBinaryMode(mode);
			const base64 = png.toString('base64');
			const { items } = await itemsOf(
				[
					image({ image_base64: base64, image_mime_type: 'image/jpeg', page_number: 4 }),
					paragraph,
					image({ image_base64: `data:image/gif;base64,${base64}` }),
					image({ image_base64: base64.replace(/(.{4})/g, '$1\n') }),
					image({}),
				],
				'images',
			);
			expect(items.map(({ json }) => json)).toEqual([
				{ page_number: 4, text: 'A cat' },
				{ page_number: null, text: 'A cat' },
				{ page_number: null, text: 'A cat' },
			]);
			expect(items.map(({ binary }) => [binary?.data.fileName, binary?.data.mimeType])).toEqual([
				['a.pdf-page-4-image-1.jpg', 'image/jpeg'],
				['a.pdf-image-2.gif', 'image/gif'],
				['a.pdf-image-3.png', 'image/png'],
			]);
			for (const { binary } of items) {
				expect(await storedBytes(binary?.data as IBinaryData)).toEqual(png);
			}
		},
	);

	it.each([
		['words', 'not base64!'],
		['one character too many', 'no base64!'],
	])('are an error, and no other image, if they are not base64: %s', async (_what, base64) => {
		server.answer(response(JSON.stringify([image({ image_base64: base64 })])));
		const { error } = await getOutput({ outputFormat: 'images' });
		expect(error?.message).toBe("Image 1 of the file 'a.pdf' is not valid base64");
		expect(server.seen).toHaveLength(1);
	});
});
