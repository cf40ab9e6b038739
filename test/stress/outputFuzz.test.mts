import fc from 'fast-check';
import type * as CollectData from '../../nodes/Unstructured/jobs/output/collectData.js';
import type * as CollectElements from '../../nodes/Unstructured/jobs/output/collectElements.js';
import type * as CollectText from '../../nodes/Unstructured/jobs/output/collectText.js';
import type * as ParseElements from '../../nodes/Unstructured/jobs/output/parseElements.js';
import { built } from '../support/built.mjs';
import { CASES } from '../support/cases.mjs';

const { collectData } = built<typeof CollectData>('jobs/output/collectData');
const { collectElements } = built<typeof CollectElements>('jobs/output/collectElements');
const { collectPages, collectText } = built<typeof CollectText>('jobs/output/collectText');
const { OutputParser } = built<typeof ParseElements>('jobs/output/parseElements');

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
