import fc from 'fast-check';
import type * as Lineage from '../../../../nodes/Unstructured/resources/document/lineage.js';
import { built } from '../../../support/built.mjs';
import { CASES } from '../../../support/cases.mjs';

const { distinctNames, matchFileIds } = built<typeof Lineage>('resources/document/lineage');

/** The platform's known cleaning of names: removes dots of the stem, turns spaces into hyphens, and adds a hash. */
function fileId(name: string, hash: string) {
	const [, stem = '', extension = ''] = /^(.*?)(\.[^.]*)?$/s.exec(name)!;
	return `${stem.replace(/\./g, '').replace(/ /g, '-')}-${hash}${extension}`;
}

describe('distinctNames', () => {
	it.each([
		[
			['a.pdf', 'b.pdf'],
			['a.pdf', 'b.pdf'],
		],
		[
			['a.pdf', 'a.pdf', 'a.pdf'],
			['a.pdf', 'a-2.pdf', 'a-3.pdf'],
		],
		[
			['a.pdf', 'a.docx'],
			['a.pdf', 'a.docx'],
		],
		[
			['a b.pdf', 'a.b.pdf', 'A-b.PDF'],
			['a b.pdf', 'a.b-2.pdf', 'A-b-3.PDF'],
		],
		[
			['a.pdf', 'a-2.pdf', 'a.pdf'],
			['a.pdf', 'a-2.pdf', 'a-3.pdf'],
		],
		[
			['請求書.pdf', '契約書.pdf'],
			['請求書.pdf', '契約書-2.pdf'],
		],
		[
			['report.pdf', 'report-20240131.pdf'],
			['report.pdf', 'report-20240131-2.pdf'],
		],
		[
			['README', 'README'],
			['README', 'README-2'],
		],
		[
			[`${'請'.repeat(80)}.pdf`, `${'請'.repeat(80)}契.pdf`],
			[`${'請'.repeat(65)}.pdf`, `${'請'.repeat(64)}-2.pdf`],
		],
		[
			['..', 'a/b.txt', 'a\\b.txt'],
			['file', 'a_b.txt', 'a_b-2.txt'],
		],
	])('turns %j into %j', (names, expected) => {
		expect(distinctNames(names)).toEqual(expected);
	});
});

describe('matchFileIds', () => {
	it.each([
		['an ID that matches no name', ['b-d88db765.pdf'], ['a.pdf'], 'b-d88db765.pdf'],
		[
			'a second ID for one name',
			['a-d88db765.pdf', 'a-61a58972.pdf'],
			['a.pdf', 'b.pdf'],
			'a-61a58972.pdf',
		],
	])('reports %s', (_, fileIds, names, unknown) => {
		expect(matchFileIds(fileIds, names)).toEqual({ unknown });
	});

	it('omits a file without an ID', () => {
		expect(matchFileIds(['b-d88db765.pdf'], ['a.pdf', 'b.pdf'])).toEqual({
			ids: new Map([[1, 'b-d88db765.pdf']]),
		});
	});

	const name = fc
		.tuple(
			fc.stringMatching(/^[ab1 .é請-]{0,3}$/),
			fc.constantFrom('', '-20240131', ' deadbeef', '_2'),
			fc.constantFrom('.pdf', '.PDF', '.docx', ''),
		)
		.map((parts) => parts.join(''));

	it('finds the file of every ID, with or without a hash, in any order', () => {
		fc.assert(
			fc.property(
				fc.array(name, { minLength: 1, maxLength: 8 }),
				fc.boolean(),
				fc.infiniteStream(fc.stringMatching(/^[0-9a-f]{8}$/)),
				fc.nat(),
				(names, hasHash, hashes, turn) => {
					const sent = distinctNames(names);
					const given = sent.map((one) =>
						hasHash ? fileId(one, String(hashes.next().value)) : one,
					);
					const turned = given.map((_, place) => given[(place + turn) % given.length]);
					expect(matchFileIds(turned, sent)).toEqual({
						ids: new Map([...given.entries()]),
					});
				},
			),
			{ numRuns: CASES },
		);
	});
});
