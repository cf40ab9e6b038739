import fc from 'fast-check';
import type * as FileIds from '../../../nodes/Unstructured/api/fileIds.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { sameFiles } = built<typeof FileIds>('api/fileIds');

it.each([
	[['250713305v1-d88db765.pdf'], ['2507.13305v1.pdf']],
	[['H03-Cryptosystem-proposed-by-Nash-61a58972.pdf'], ['H03 Cryptosystem proposed by Nash.pdf']],
	[['document.pdf'], ['document.pdf']],
	[
		['b-00000000.txt', 'a-ffffffff.txt'],
		['a.txt', 'b.txt'],
	],
	[
		['a-11111111.txt', 'a-22222222.txt'],
		['a.txt', 'a.txt'],
	],
	[['README-0123abcd'], ['README']],
	[[], []],
])('%j are the files %j', (ids, names) => {
	expect(sameFiles(ids, names)).toBe(true);
});

it.each([
	[['a-d88db765.pdf'], ['b.pdf']],
	[['a-d88db765.pdf'], ['a.txt']],
	[['a-d88db765.pdf'], ['a.pdf', 'a.pdf']],
	[[], ['a.pdf']],
	[['a-d88db765.pdf'], []],
])('%j are not the files %j', (ids, names) => {
	expect(sameFiles(ids, names)).toBe(false);
});

it('compares any names of files', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: 'binary' })), (names) => {
			const ids = names.map((name) => name.replace(/(\.[^.]*)?$/, '-0a1b2c3d$1'));
			expect(sameFiles(names, [...names].reverse())).toBe(true);
			expect(sameFiles(ids, [...names, 'one-more.pdf'])).toBe(false);
		}),
		{ numRuns: CASES },
	);
});
