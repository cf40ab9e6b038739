import { load } from 'cheerio';
import fc from 'fast-check';
import type * as Entities from '../../../../nodes/Unstructured/jobs/output/entities.js';
import type * as EntityNames from '../../../../nodes/Unstructured/jobs/output/entityNames.js';
import { built } from '../../../support/built.mjs';
import { CASES } from '../../../support/cases.mjs';

const { decodeEntities } = built<typeof Entities>('jobs/output/entities');
const { BARE_ENTITY_NAMES, ENTITY_NAMES } = built<typeof EntityNames>('jobs/output/entityNames');

/** The text as decoded by an HTML parser. */
const parsed = (text: string) => load(text.replace(/</g, ''), null, false).text();

const names = ENTITY_NAMES.trim()
	.split(/\s/)
	.flatMap((group) => group.split(':')[1].split(','));
const bareNames = BARE_ENTITY_NAMES.trim().split(/\s/);

it('decodes every name of the standard', () => {
	expect(new Set(names).size).toBe(2_125);
	expect(bareNames).toHaveLength(106);
	const all = [...names.map((name) => `&${name};`), ...bareNames.map((name) => `&${name} `)];
	expect(all.map(decodeEntities)).toEqual(all.map(parsed));
});

const reference = fc
	.tuple(
		fc.oneof(
			fc.constantFrom(...names),
			fc.constantFrom(...bareNames),
			fc.nat(0x120000).map((code) => `#${code}`),
			fc.nat(0x120000).map((code) => `#x${code.toString(16)}`),
			fc.nat(300).map((code) => `#X${code.toString(16)}`),
			fc.constantFrom('#', '#x', '', '#99999999999999999999', 'amp;lt', '__proto__', 'toString'),
		),
		fc.constantFrom(';', ';', '', ' ', 'x', '1', '=', '&'),
	)
	.map(([name, rest]) => `&${name}${rest}`);

it('decodes like an HTML parser', () => {
	fc.assert(
		fc.property(fc.array(reference, { maxLength: 4 }), (references) => {
			const text = `a${references.join('')}`;
			expect(decodeEntities(text)).toBe(parsed(text));
		}),
		{ numRuns: CASES },
	);
});
