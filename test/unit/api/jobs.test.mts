import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type * as Jobs from '../../../nodes/Unstructured/api/jobs.js';
import type * as JobStatus from '../../../nodes/Unstructured/api/jobStatus.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { asJob, createdAt, mergeJob } = built<typeof Jobs>('api/jobs');
const { isActive, isFinal, outputIndex } = built<typeof JobStatus>('api/jobStatus');

const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('COMPLETED', 'in progress', '__proto__'));

/** Job JSON in which any key may be missing, null, unknown, or of another type. */
const json = fc
	.tuple(
		fc.record(
			{
				id: fc.oneof(fc.string(), anything),
				status: anything,
				workflow_id: anything,
				created_at: fc.oneof(
					fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
					anything,
				),
				input_file_ids: fc.oneof(fc.array(fc.string()), anything),
				output_node_files: anything,
			},
			{ requiredKeys: [] },
		),
		fc.dictionary(
			fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString')),
			anything,
		),
	)
	.map(([known, unknown]): unknown => ({ ...unknown, ...known }));

it('accepts exactly the objects with a valid ID, and returns them unchanged', () => {
	fc.assert(
		fc.property(fc.oneof(json, anything), json, (value, earlier) => {
			const before = JSON.stringify(value);
			const job = asJob(value);
			const { id } = (value ?? {}) as IDataObject;
			expect(job !== undefined).toBe(
				!Array.isArray(value) && typeof id === 'string' && id !== '' && id.length <= 500,
			);
			if (!job) return;
			const merged = mergeJob(asJob(earlier), job);
			for (const key of Object.keys(job)) {
				if (job[key] !== null && job[key] !== undefined) expect(merged[key]).toEqual(job[key]);
			}
			expect([0, 1, 2, 3]).toContain(outputIndex(job.status));
			expect(isFinal(job.status) && isActive(job.status)).toBe(false);
			expect(typeof createdAt(job)).toBe('number');
			expect(JSON.stringify(value)).toBe(before);
		}),
		{ numRuns: CASES },
	);
});
