import fc from 'fast-check';
import type * as ParseElements from '../../../../nodes/Unstructured/jobs/output/parseElements.js';
import { built } from '../../../support/built.mjs';
import { CASES } from '../../../support/cases.mjs';

const { parseElements } = built<typeof ParseElements>('jobs/output/parseElements');

/** The text in chunks that end at these positions. */
async function* chunksOf(text: string, cuts: number[]) {
	const bytes = Buffer.from(text);
	const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
	let start = 0;
	for (const end of [...ends, bytes.length]) {
		yield await Promise.resolve(bytes.subarray(start, end));
		start = end;
	}
}

async function parsed(text: string, cuts: number[] = []) {
	const members: unknown[] = [];
	await parseElements(chunksOf(text, cuts), (member) => members.push(member));
	return members;
}

it('returns the result of JSON.parse for any chunks and spacing', async () => {
	const spacing = fc.constantFrom(undefined, 1, '\t', '\r\n ');
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.jsonValue()),
			fc.array(fc.nat()),
			spacing,
			async (value, cuts, space) => {
				const text = JSON.stringify(value, null, space);
				expect(await parsed(text, cuts)).toEqual(JSON.parse(text));
			},
		),
		{ numRuns: CASES },
	);
});

it('reads long texts with quotes and backslashes anywhere', async () => {
	const unit = fc.constantFrom('\\', '"', 'a', 'ü', ']');
	const texts = fc.array(fc.string({ unit, minLength: 12, maxLength: 80 }));
	await fc.assert(
		fc.asyncProperty(texts, fc.array(fc.nat()), async (value, cuts) => {
			expect(await parsed(JSON.stringify(value), cuts)).toEqual(value);
		}),
		{ numRuns: CASES },
	);
});

it.each([
	'[{"text":"a \\"quoted\\" \\\\ ] , } text"},{"text":"\\\\\\""}]',
	'  [ ]  ',
	'[[],[[]],{"a":[{}]}]',
	'[{"text":"ü請🙂"}]',
	'[{"text":"\\ud83d\\ude42 \\ud83d \\u0000 \\/"},-1.5e-7,true,null,"a,b]"]',
])('reads %s cut after every byte', async (text) => {
	const cuts = Array.from({ length: Buffer.byteLength(text) }, (_, i) => i);
	expect(await parsed(text, cuts)).toEqual(JSON.parse(text));
});

it.each([
	['a JSON text in a string', JSON.stringify('[{"text":"a"}]')],
	['an object around the list', '{"elements":[{"text":"a"}]}'],
])('reads %s', async (_what, text) => {
	expect(await parsed(text)).toEqual([{ text: 'a' }]);
});

it.each([
	'[{"text":"a"},',
	'[{"text":"a"}',
	'[',
	'',
	'null',
	'{"detail":"x"}',
	'<html>',
	'[{"a":1},,{"a":2}]',
	'[{"a":1},]',
	'[}]',
	'[{"text":"a\\"}]',
])('rejects %j', async (text) => {
	await expect(parsed(text)).rejects.toThrow(SyntaxError);
});
