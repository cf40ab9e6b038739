import type { Fault } from '../../../local/emulator/faults/plan.mjs';
import { useApi, type Json } from './support.mjs';

const api = useApi();

interface Element {
	type: string;
	text: string;
	metadata: Record<string, unknown>;
}

const PARTITION = { name: 'P', type: 'partition', subtype: 'vlm' };
const chunker = (subtype: string, settings: Json) => ({
	name: 'C',
	type: 'chunk',
	subtype,
	settings,
});

/** The output of one file after these nodes. */
async function output<Body = Element[]>(
	nodes: unknown[],
	name: string,
	content: string | Buffer,
	type = 'application/octet-stream',
): Promise<Body> {
	await api.emulator.advance(2);
	const { status, body } = await api.launch({ job_nodes: nodes }, [[name, content, type]]);
	expect([status, body]).toMatchObject([200, { status: 'SCHEDULED' }]);
	await api.emulator.advance(10);
	const answer = await api.call<Body>(
		`/jobs/${body.id}/download?file_id=${body.input_file_ids[0]}`,
	);
	expect([answer.status, answer.body]).toMatchObject([200, {}]);
	return answer.body;
}

const PNG = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
	'base64',
);

it('returns the tables of a page with their spans, and empty cells like the platform', async () => {
	const [table] = await output(
		[PARTITION],
		'a.html',
		'<table><tr><th colspan="2">Sum</th></tr><tr><td>1</td><td></td></tr></table>',
	);
	expect(table).toMatchObject({
		type: 'Table',
		metadata: { text_as_html: expect.stringContaining('<td>1</td><td/>') as string },
	});
	expect(table.metadata.text_as_html).toContain('<th colspan="2">Sum</th>');
	const [csv] = await output([PARTITION], 'a.csv', 'a,,c\n');
	expect(csv.metadata.text_as_html).toBe('<table><tr><td>a</td><td/><td>c</td></tr></table>');
});

it('returns images with their content, in a page and as an upload', async () => {
	const found = await output(
		[PARTITION],
		'a.html',
		`<p>Before</p><img alt="A dot" src="data:image/png;base64,${PNG.toString('base64')}"><img src="https://example.com/b.png">`,
	);
	expect(found).toMatchObject([
		{ type: 'NarrativeText' },
		{ type: 'Image', text: 'A dot', metadata: { image_mime_type: 'image/png' } },
	]);
	expect(Buffer.from(String(found[1].metadata.image_base64), 'base64')).toEqual(PNG);
	const [uploaded] = await output([PARTITION], 'dot.png', PNG, 'image/png');
	expect(uploaded).toMatchObject({
		type: 'Image',
		text: `dot.png: ${PNG.length} bytes`,
		metadata: { image_mime_type: 'image/png', image_base64: PNG.toString('base64') },
	});
	const [none] = await output([PARTITION], 'none.png', 'no image', 'image/png');
	expect(none.type).toBe('UncategorizedText');
});

const LONG = 'one two three four five six seven eight nine ten '.repeat(20);

it('returns chunks within the limit of the node, without losing text', async () => {
	const nodes = [PARTITION, chunker('chunk_by_character', { max_characters: 120 })];
	const chunks = await output(nodes, 'a.txt', `${LONG}\n\nShort.\n\nShort too.`);
	expect(chunks.every(({ type }) => type === 'CompositeElement')).toBe(true);
	expect(Math.max(...chunks.map(({ text }) => text.length))).toBeLessThanOrEqual(120);
	expect(chunks.length).toBeGreaterThan(8);
	const words = chunks.flatMap(({ text }) => text.split(/\s+/));
	expect(words).toEqual(`${LONG} Short. Short too.`.split(/\s+/));
	const large = await output(
		[PARTITION, chunker('chunk_by_title', { max_characters: 2500 })],
		'a.txt',
		LONG.repeat(2),
	);
	expect(large).toHaveLength(1);
});

it('starts a chunk with each title', async () => {
	const nodes = [PARTITION, chunker('chunk_by_title', { max_characters: 1000 })];
	const chunks = await output(nodes, 'a.md', '# One\n\nText.\n\nMore.\n\n# Two\n\nEnd.');
	expect(chunks.map(({ text }) => text)).toEqual(['One\n\nText.\n\nMore.', 'Two\n\nEnd.']);
});

it('keeps a table separate, in pieces if it is too long', async () => {
	const whole = [PARTITION, chunker('chunk_by_title', { max_characters: 1000 })];
	const csv = Array.from({ length: 20 }, (_, i) => `name ${i},${i}`).join('\n');
	expect(await output(whole, 'a.csv', csv)).toMatchObject([
		{
			type: 'CompositeElement',
			metadata: { text_as_html: expect.stringContaining('name 19') as string },
		},
	]);
	const pieces = [PARTITION, chunker('chunk_by_title', { max_characters: 60 })];
	const chunks = await output(pieces, 'a.csv', csv);
	expect(chunks.length).toBeGreaterThan(3);
	expect(chunks.every(({ type, text }) => type === 'TableChunk' && text.length <= 60)).toBe(true);
	const rows = chunks.flatMap(({ metadata }) => String(metadata.text_as_html).match(/<tr>/g) ?? []);
	expect(rows).toHaveLength(20);
});

const SCHEMA = {
	type: 'object',
	properties: {
		invoice_number: { type: 'string' },
		total: { type: 'number' },
		dueDate: { type: ['string', 'null'] },
		paid: { type: ['boolean', 'null'] },
		kind: { type: 'string', enum: ['credit', 'invoice'] },
		lines: {
			type: 'array',
			items: {
				type: 'object',
				properties: { what: { type: 'string' } },
				required: ['what'],
				additionalProperties: false,
			},
		},
	},
	required: ['invoice_number', 'total', 'dueDate', 'paid', 'kind', 'lines'],
	additionalProperties: false,
};
const INVOICE =
	'Invoice number: R-17\n\nTotal: EUR 1,234.50\n\nDue date: 2026-12-01\n\nKind: invoice';
const DATA = {
	invoice_number: 'R-17',
	total: 1234.5,
	dueDate: '2026-12-01',
	paid: null,
	kind: 'invoice',
	lines: [{ what: 'what' }],
};
const extractor = (schema: unknown, more: Json = {}) => ({
	name: 'E',
	type: 'structured_data_extractor',
	subtype: 'llm',
	settings: {
		schema_to_extract: { json_schema: schema },
		output_mode: 'extracted_data_only',
		...more,
	},
});
const DOCUMENT_DATA = { type: 'DocumentData', text: '', metadata: { extracted_data: DATA } };

it('returns the data of a schema from the text', async () => {
	const only = [PARTITION, extractor(JSON.stringify(SCHEMA))];
	expect(await output(only, 'a.txt', INVOICE)).toMatchObject([DOCUMENT_DATA]);
	const all = [PARTITION, extractor(JSON.stringify(SCHEMA), { output_mode: 'all' })];
	const found = await output(all, 'a.txt', INVOICE);
	expect(found).toHaveLength(5);
	expect(found).toMatchObject([DOCUMENT_DATA, { text: 'Invoice number: R-17' }, {}, {}, {}]);
});

it.each([
	['object', DATA],
	['wrapped', { extracted_data: DATA }],
	['elementFirst', expect.arrayContaining([expect.objectContaining({ text: 'Kind: invoice' })])],
	['nothing', []],
] as const)('returns extracted data in the shape %s if a test sets it', async (shape, expected) => {
	await api.emulator.options({ extractedShape: shape });
	const nodes = [PARTITION, extractor(JSON.stringify(SCHEMA))];
	expect(await output<unknown>(nodes, 'a.txt', INVOICE)).toEqual(expected);
});

it.each([
	['no JSON', 'json_schema is not valid JSON'],
	[SCHEMA, 'json_schema must be a string'],
	['{"type":"array"}', 'must have the type object'],
	[JSON.stringify({ ...SCHEMA, required: [] }), "needs 'invoice_number' in required"],
	[JSON.stringify({ ...SCHEMA, additionalProperties: undefined }), 'additionalProperties: false'],
])('rejects a schema that is not strict: %#', async (schema, message) => {
	const { status, body } = await api.launch({ job_nodes: [PARTITION, extractor(schema)] });
	expect([status, (body as unknown as Json).detail]).toEqual([
		422,
		expect.stringContaining(message) as string,
	]);
});

it('accepts a schema with guidance, unless a test disables that', async () => {
	const both = extractor(undefined, {
		schema_to_extract: { json_schema: JSON.stringify(SCHEMA), extraction_guidance: 'ISO dates' },
	});
	await output([PARTITION, both], 'a.txt', INVOICE);
	await api.emulator.advance(2);
	await api.emulator.options({ guidanceWithSchema: false });
	expect((await api.launch({ job_nodes: [PARTITION, both] })).status).toBe(422);
});

describe('scripted', () => {
	let path = '';
	let other = '';
	beforeEach(async () => {
		const { body: job } = await api.launch(undefined, [
			['a.txt', 'a'],
			['b.txt', 'b'],
		]);
		await api.emulator.advance(10);
		const [a, b] = job.input_file_ids;
		path = `/api/v1/jobs/${job.id}/download?file_id=${a}`;
		other = `/api/v1/jobs/${job.id}/download?file_id=${b}`;
	});
	const read = (from = path) =>
		fetch(`${api.emulator.url}${from}`, { headers: { 'unstructured-api-key': api.emulator.key } });
	const script = (fault: Fault) =>
		api.emulator.faults({ path: '/download$', status: 200, ...fault });

	it('as bytes with their type, for one file and a number of times', async () => {
		const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x5b, 0x5d, 0xff]);
		await script({
			query: path.split('?')[1],
			base64: bytes.toString('base64'),
			headers: { 'content-type': 'application/x-ndjson' },
			times: 2,
		});
		expect(await (await read(other)).json()).toMatchObject([{ text: 'b' }]);
		for (let time = 0; time < 2; time++) {
			const response = await read();
			expect(response.headers.get('content-type')).toBe('application/x-ndjson');
			expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
		}
		expect(await (await read()).json()).toMatchObject([{ text: 'a' }]);
	});

	it('as a text without its end', async () => {
		await script({ body: '[{"type": "Title"', headers: { 'content-length': '100' } });
		const response = await read();
		expect(response.headers.get('content-length')).toBe('100');
		await expect(response.text()).rejects.toThrow();
	});

	it('as a text of any length, generated while it is sent', async () => {
		await script({ body: '["', repeat: { text: 'A'.repeat(1000), times: 20_000, end: '"]' } });
		const text = await (await read()).text();
		expect(text).toHaveLength(20_000_004);
		expect(text.startsWith('["AAA') && text.endsWith('AAA"]')).toBe(true);
	});
});
