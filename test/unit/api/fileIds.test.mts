import fc from 'fast-check';
import type * as FileIds from '../../../nodes/Unstructured/api/fileIds.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { sameFiles, shownNames } = built<typeof FileIds>('api/fileIds');

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
	[
		['report-20240131.pdf', 'report-20240201.pdf'],
		['report-20240201.pdf', 'report-20240131.pdf'],
	],
	[['report-20240131-0a1b2c3d.pdf'], ['report-20240131.pdf']],
	[['請求書-0a1b2c3d.pdf'], ['請求書.pdf']],
	[['\u00e9-0a1b2c3d.pdf'], ['e\u0301.pdf']],
	[['a-12345678.pdf'], ['a.pdf']],
	[[], []],
])('recognizes the IDs %j as the files %j', (ids, names) => {
	expect(sameFiles(ids, names)).toBe(true);
});

it.each([
	[['a-d88db765.pdf'], ['b.pdf']],
	[['a-d88db765.pdf'], ['a.txt']],
	[['a-d88db765.pdf'], ['a.pdf', 'a.pdf']],
	[[], ['a.pdf']],
	[['a-d88db765.pdf'], []],
	[['請求書-0a1b2c3d.pdf'], ['契約書.pdf']],
	[['-0a1b2c3d.pdf'], ['契約書.pdf']],
	[['a-b-0a1b2c3d.pdf'], ['ab.pdf']],
	[['A-0a1b2c3d.pdf'], ['a.pdf']],
	[['report-20240131.pdf'], ['report.pdf']],
	[['report-31012024.pdf'], ['report.pdf']],
	[
		['report-20240131.pdf', 'other-0a1b2c3d.pdf'],
		['report.pdf', 'other.pdf'],
	],
])('does not recognize the IDs %j as the files %j', (ids, names) => {
	expect(sameFiles(ids, names)).toBe(false);
});

it('compares any file names', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ unit: 'binary' })), (names) => {
			const ids = names.map((name) => name.replace(/(\.[^.]*)?$/, '-0a1b2c3d$1'));
			expect(sameFiles(names, [...names].reverse())).toBe(true);
			expect(sameFiles(ids, [...names, 'one-more.pdf'])).toBe(false);
		}),
		{ numRuns: CASES },
	);
});

it.each([
	[
		['a-0a1b2c3d.txt', 'b-0a1b2c3d.txt'],
		['a.txt', 'b.txt'],
	],
	[['report-20240131.pdf', 'report-20240201.pdf'], undefined],
	[['invoice-10000001.pdf', 'invoice-10000002.pdf'], undefined],
	[['a-0a1b2c3d.txt', 'a-1a1b2c3d.txt'], undefined],
	[['a-0a1b2c3d.txt', 'bare.txt'], undefined],
	[['report-20240131-0a1b2c3d.pdf'], ['report-20240131.pdf']],
	[['README-0123abcd'], ['README']],
	[[], undefined],
])('returns the file names %j', (ids, names) => {
	expect([...shownNames(ids).values()]).toEqual(names ?? ids);
});

it('never returns the same name for two files', () => {
	const hash = fc.stringMatching(/^-[0-9a-f]{8}$/);
	const id = fc
		.tuple(fc.constantFrom('a', 'b', 'a-20240131'), hash)
		.map((parts) => `${parts.join('')}.pdf`);
	fc.assert(
		fc.property(fc.uniqueArray(fc.oneof(id, fc.constantFrom('a.pdf', 'b.pdf'))), (ids) => {
			expect(new Set(shownNames(ids).values()).size).toBe(ids.length);
		}),
		{ numRuns: CASES },
	);
});
