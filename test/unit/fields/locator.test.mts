import fc from 'fast-check';
import type * as Locator from '../../../nodes/Unstructured/fields/locator.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { locatorText } = built<typeof Locator>('fields/locator');

it.each([NaN, Infinity, { value: NaN }, null, undefined, true, [], {}])(
	'finds no ID in %p',
	(value) => {
		expect(locatorText(value)).toBe('');
	},
);

it('returns a string for any locator value', () => {
	fc.assert(
		fc.property(fc.oneof(fc.jsonValue(), fc.record({ value: fc.jsonValue() })), (value) => {
			expect(locatorText(value)).toBe(locatorText(value).trim());
		}),
		{ numRuns: CASES },
	);
});
