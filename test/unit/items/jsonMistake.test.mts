import fc from 'fast-check';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { jsonMistake } = built<{ jsonMistake: (text: string) => string | undefined }>(
	'items/jsonMistake',
);

const isJson = (text: string) => {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
};

it.each([
	['{\n  "a": "x"\n  "b": 1\n}', 'line 2: a comma is missing'],
	['{\n  "a": [1 2]\n}', 'line 2: a comma is missing'],
	['{\n  "a": "x,\n  "b": 1\n}', 'line 2: a closing double quote is missing'],
	['{\n  "a": "x", "b\n}', 'line 2: a closing double quote is missing'],
	['{\n  "a" "x"\n}', 'line 2: a colon is missing after the key'],
	['{\n  "a"\n}', 'line 2: a value is missing'],
	['{\n  "a":\n}', 'line 2: a value is missing'],
	['{\n  "a": ,\n  "b": 1}', 'line 2: a value is missing'],
	['{\n  "a": 1,\n}', 'line 2: there is an extra comma'],
	['[1,,2]', 'line 1: there is an extra comma'],
	['{,}', 'line 1: there is an extra comma'],
	['{\n  "a": 1\n', 'line 2: a closing } is missing at the end'],
	['{\n  "a": [1\n}', 'line 3: a closing ] is missing before }'],
	['{"a": 1}}', 'line 1: there is something after the end'],
	["{\n  'a': 1\n}", 'line 2: quotes must be straight double quotes (")'],
	['{\n  “a”: 1\n}', 'line 2: quotes must be straight double quotes (")'],
	['{\n  a: 1\n}', 'line 2: a key needs double quotes'],
	['{\n  "a": s3://bucket/\n}', 'line 2: text needs double quotes'],
	['{"a": True}', 'line 1: text needs double quotes'],
	['{"a": 1}\n\nmore', 'line 3: there is something after the end'],
	['{\n  // why\n  "a": 1\n}', 'line 2: comments are not allowed'],
	['{"path": "C:\\data"}', 'line 1: a backslash in text must be doubled (\\\\)'],
	['{"a": "x\ty"}', 'line 1: a tab in text must be written as \\t'],
	['{\r\n"a": 1\r\n"b": 2}', 'line 2: a comma is missing'],
	['', 'it is empty'],
	['}', 'line 1: an opening bracket is missing before }'],
])('names the mistake in %j', (text, mistake) => {
	expect(isJson(text)).toBe(false);
	expect(jsonMistake(text)).toBe(mistake);
});

it('finds no mistake in valid JSON', () => {
	fc.assert(
		fc.property(fc.json(), fc.constantFrom(undefined, 2, '\t'), (json, indent) => {
			expect(jsonMistake(JSON.stringify(JSON.parse(json), null, indent))).toBeUndefined();
		}),
	);
});

it('agrees with JSON.parse on invalid JSON, and quotes nothing', () => {
	const torn = fc
		.tuple(
			fc.json(),
			fc.nat(),
			fc.nat(3),
			fc.constantFrom('', '"', ',', ':', '}', '\n', "'", '\\', 'x'),
		)
		.map(([json, at, cut, put]) => {
			const text = JSON.stringify(JSON.parse(json), null, 1);
			const place = at % (text.length + 1);
			return text.slice(0, place) + put + text.slice(place + cut);
		});
	const soup = fc.string({
		unit: fc.constantFrom(...'{}[],:"\\ \n\u0001\u007f\u2028é0123eE+-.trufalsn'),
	});
	fc.assert(
		fc.property(fc.oneof(torn, soup), (text) => {
			expect([text, jsonMistake(text) === undefined]).toEqual([text, isJson(text)]);
		}),
		{ numRuns: CASES },
	);
	const secret = 'wJalrXUtnFEMI';
	expect(jsonMistake(`{"secret": ${secret}}`)).not.toContain(secret);
	expect(jsonMistake(`{"secret": "${secret}}`)).not.toContain(secret);
});

it('reads long and deeply nested texts quickly', () => {
	const started = performance.now();
	expect(jsonMistake('['.repeat(100_000))).toMatch(/^line 1: a closing \] is missing/);
	expect(jsonMistake(`[${'"a",\n'.repeat(50_000)}`)).toMatch(/^line 50000: /);
	expect(performance.now() - started).toBeLessThan(2_000);
});
