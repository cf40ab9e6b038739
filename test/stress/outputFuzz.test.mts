import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type * as CollectData from '../../nodes/Unstructured/jobs/output/collectData.js';
import type * as CollectElements from '../../nodes/Unstructured/jobs/output/collectElements.js';
import type * as CollectImages from '../../nodes/Unstructured/jobs/output/collectImages.js';
import type * as CollectTables from '../../nodes/Unstructured/jobs/output/collectTables.js';
import type * as CollectText from '../../nodes/Unstructured/jobs/output/collectText.js';
import type { Collector } from '../../nodes/Unstructured/jobs/output/collector.js';
import type * as ParseElements from '../../nodes/Unstructured/jobs/output/parseElements.js';
import { built } from '../support/built.mjs';
import { CASES } from '../support/cases.mjs';
import { executeContext } from '../support/contexts.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import { storedBytes } from '../support/storedFiles.mjs';

const { collectData } = built<typeof CollectData>('jobs/output/collectData');
const { collectElements } = built<typeof CollectElements>('jobs/output/collectElements');
const { collectImages } = built<typeof CollectImages>('jobs/output/collectImages');
const { collectTables } = built<typeof CollectTables>('jobs/output/collectTables');
const { collectPages, collectText } = built<typeof CollectText>('jobs/output/collectText');
const { OutputParser, parseElements } = built<typeof ParseElements>('jobs/output/parseElements');

/** JSON that partly looks like an output. */
const key = fc.constantFrom(
	'type',
	'text',
	'metadata',
	'elements',
	'extracted_data',
	'detail',
	'a',
);
const { output } = fc.letrec<{ output: unknown }>((tie) => ({
	output: fc.oneof(
		{ maxDepth: 4 },
		fc.constantFrom(null, true, -0, 1e300, '', 'Table', '"\\]}', 'ü請🙂\u2028'),
		fc.array(tie('output'), { maxLength: 4 }),
		fc.dictionary(key, tie('output'), { maxKeys: 4 }),
	),
}));

/** The result in each format of an output that arrives in two pieces, or undefined if it is rejected. */
function read(bytes: Buffer, cut: number, isCheck: boolean) {
	const collectors = [
		collectElements(),
		collectElements({ asOneItem: true }),
		collectText(),
		collectPages(),
		collectData({ includeText: true }),
	];
	const parser = new OutputParser((member) => {
		for (const collector of collectors) collector.add(structuredClone(member), () => 'a.pdf');
	}, isCheck);
	try {
		parser.push(bytes.subarray(0, cut));
		parser.push(bytes.subarray(cut));
		parser.end();
	} catch (error) {
		// The message is the node's own: the JavaScript engine's message about a JSON text quotes it.
		expect((error as Error).message).toMatch(
			/^(ended before it was complete|is (empty|a web page|a status message|not valid JSON|not a list of elements))$/,
		);
		return undefined;
	}
	return collectors.map((collector) => collector.finish().items.map(({ json }) => json));
}

it('accepts or rejects any JSON equally in the check and for any chunks', () => {
	fc.assert(
		fc.property(output, fc.nat(), (value, at) => {
			const bytes = Buffer.from(JSON.stringify(value));
			const found = read(bytes, at % (bytes.length + 1), false);
			expect(read(bytes, 0, true)).toEqual(found);
			expect(JSON.stringify(found) ?? '').not.toMatch(/\[object|undefined/);
			if (Array.isArray(value)) expect(found).toBeDefined();
		}),
		{ numRuns: CASES },
	);
}, 300_000);

it('rejects a truncated list, wherever it ends', () => {
	fc.assert(
		fc.property(fc.array(output), fc.nat(), (value, at) => {
			const text = Buffer.from(JSON.stringify(value));
			const bytes = text.subarray(0, at % text.length);
			for (const isCheck of [false, true]) expect(read(bytes, 0, isCheck)).toBeUndefined();
		}),
		{ numRuns: CASES },
	);
}, 300_000);

it("handles any bytes without the JavaScript engine's messages", () => {
	const unit = fc.constantFrom(...'[]{}",:\\ \n-1eNa', 'NaN', 'null', '\ufeff', '<', '"text":');
	fc.assert(
		fc.property(fc.string({ unit, maxLength: 30 }), fc.nat(), (text, at) => {
			const bytes = Buffer.from(text);
			read(bytes, at % (bytes.length + 1), false);
		}),
		{ numRuns: CASES },
	);
}, 300_000);

/** The items of a list of members that arrives in two pieces, and the bytes of their files. */
async function readFiles(
	collect: (ctx: IExecuteFunctions) => Collector,
	members: unknown[],
	cut: number,
) {
	const collector = collect(executeContext());
	const bytes = Buffer.from(JSON.stringify(members));
	const at = cut % (bytes.length + 1);
	const body = Readable.from([bytes.subarray(0, at), bytes.subarray(at)]);
	await parseElements(body, (member) => collector.add(member, () => 'a.pdf'), collector.settle);
	const items = collector.finish().items.map(async ({ json, binary }) => {
		const data = binary?.data as IBinaryData;
		return { json, name: data.fileName, bytes: await storedBytes(data) };
	});
	return await Promise.all(items);
}

const element = (metadata: fc.Arbitrary<object>) =>
	fc.record({
		type: fc.constantFrom('Image', 'Table', 'TableChunk', 'CompositeElement', 'NarrativeText'),
		text: fc.constantFrom('', ' ', 'a\nb', '=1+1', '"ü請🙂",'),
		metadata,
	});
const page = fc.constantFrom(undefined, null, 1, 20, 'one');

describe('the files of an output', () => {
	beforeAll(() => useBinaryMode('default'));

	it('has the same rows in a table and its CSV, for any HTML and any chunks', async () => {
		const piece = fc.constantFrom(
			...['<table>', '</table>', '<tr>', '</tr>', '<td>', '</td>', '<th rowspan="3">', '</th>'],
			...[
				'<td colspan=2>',
				'<thead>',
				'<caption>',
				'<br/>',
				'<!--',
				'-->',
				'<',
				'>',
				'&lt;',
				'&#x22;',
			],
			...['a', ' ', '\n', ',', '"', '=1', '-5', '@', '\ufeff', '🙂'],
		);
		const html = fc
			.string({ unit: piece, maxLength: 30 })
			.map((inner) => `<table><tr><td>${inner}`);
		const members = fc.array(
			fc.oneof(output, element(fc.record({ page_number: page, text_as_html: html }))),
			{ maxLength: 4 },
		);
		await fc.assert(
			fc.asyncProperty(members, fc.nat(), async (value, at) => {
				const found = await readFiles(collectTables, value, at);
				expect(await readFiles(collectTables, value, 0)).toEqual(found);
				for (const { json, bytes } of found) {
					const rows = json.rows as string[][];
					// Rows of different lengths throw here.
					const csv = parse(bytes.toString(), { record_delimiter: '\r\n' });
					const shown = csv.map((row, y) =>
						row.map((cell, x) => (cell === `'${rows[y]?.[x]}` ? cell.slice(1) : cell)),
					);
					expect(shown).toEqual(rows);
				}
			}),
			{ numRuns: CASES },
		);
	}, 300_000);

	it('has each image byte for byte, or rejects it, for any chunks', async () => {
		const image = fc.oneof(
			fc
				.tuple(
					fc.constantFrom('', 'data:image/png;base64,', 'data:;base64,'),
					fc.uint8Array({ minLength: 1, maxLength: 200 }),
					fc.constantFrom('', '\n', '\r\n'),
				)
				.map(([prefix, content, lineBreak]) => {
					const bytes = Buffer.from(content);
					const lines = bytes.toString('base64').match(/.{1,76}/g) ?? [];
					return { bytes, text: prefix + lines.join(lineBreak) };
				}),
			fc.constantFrom('no base64!', 'AAA*').map((text) => ({ bytes: undefined, text })),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(image, { maxLength: 4 }), fc.nat(), async (images, at) => {
				const members = images.map(({ text }) => ({
					type: 'Image',
					text: '',
					metadata: { image_base64: text },
				}));
				const broken = images.findIndex(({ bytes }) => bytes === undefined);
				const reading = readFiles(collectImages, members, at);
				if (broken >= 0) {
					const message = `Image ${broken + 1} of the file 'a.pdf' is not valid base64`;
					await expect(reading).rejects.toThrow(message);
				} else {
					expect((await reading).map(({ bytes }) => bytes)).toEqual(
						images.map(({ bytes }) => bytes),
					);
				}
			}),
			{ numRuns: CASES },
		);
	}, 300_000);
});
