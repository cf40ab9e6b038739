import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type * as ShareTexts from '../../../../nodes/Unstructured/jobs/output/shareTexts.js';
import { built } from '../../../support/built.mjs';

const { shareTexts } = built<typeof ShareTexts>('jobs/output/shareTexts');

it('keeps all values equal for any elements', () => {
	const text = fc.constantFrom('a', 'b', '');
	const record = fc.dictionary(
		fc.constantFrom('type', 'text', '__proto__', 'x'),
		fc.oneof(text, fc.jsonValue()),
	);
	const element = fc.tuple(record, fc.oneof(record, fc.jsonValue()));
	fc.assert(
		fc.property(element, element, (...pair) => {
			const [json, before] = pair.map(([top, metadata]) => JSON.stringify({ ...top, metadata }));
			const shared = JSON.parse(json) as IDataObject;
			shareTexts(shared, JSON.parse(before) as IDataObject);
			expect(JSON.stringify(shared)).toBe(json);
		}),
		{ numRuns: 1_000 },
	);
});
