import type * as SameFiles from '../../../nodes/Unstructured/jobs/sameFiles.js';
import { built } from '../../support/built.mjs';

const { sameFiles } = built<typeof SameFiles>('jobs/sameFiles');

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
