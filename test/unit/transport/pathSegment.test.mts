import fc from 'fast-check';
import type * as PathSegment from '../../../nodes/Unstructured/transport/pathSegment.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { pathSegment } = built<typeof PathSegment>('transport/pathSegment');

const id = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc
		.array(
			fc.constantFrom('.', '..', '/', '\\', '%2e', '%2f', '?', '#', '\r\n', '\0', '\ud800', 'a'),
		)
		.map((steps) => steps.join('')),
);

it('returns one segment of a URL for any ID', () => {
	fc.assert(
		fc.property(id, (value) => {
			const { origin, pathname, search, hash } = new URL(
				`https://a.example/api/v1/jobs/${pathSegment(value)}/download`,
			);
			const steps = pathname.split('/');
			expect([origin, search, hash]).toEqual(['https://a.example', '', '']);
			expect([steps.length, ...steps.slice(0, 4), steps[5]]).toEqual([
				6,
				'',
				'api',
				'v1',
				'jobs',
				'download',
			]);
			expect(pathname).toMatch(/^[!-~]+$/);
		}),
		{ numRuns: CASES },
	);
});
