import type * as JobStatus from '../../../nodes/Unstructured/api/jobStatus.js';
import { built } from '../../support/built.mjs';

const { isActive, isFinal, outputIndex, STATUS_OUTPUTS } = built<typeof JobStatus>('api/jobStatus');

it.each([
	['COMPLETED', 'Completed', true, false],
	['completed', 'Completed', true, false],
	['FAILED', 'Failed', true, false],
	['STOPPED', 'Stopped', true, false],
	['SCHEDULED', 'Running', false, true],
	['IN_PROGRESS', 'Running', false, true],
	['in progress', 'Running', false, true],
	['PAUSED', 'Running', false, false],
	['constructor', 'Running', false, false],
	['', 'Running', false, false],
	[undefined, 'Running', false, false],
	[null, 'Running', false, false],
	[7, 'Running', false, false],
])('sends %p to the output %s', (status, output, final, active) => {
	expect(STATUS_OUTPUTS[outputIndex(status)].name).toBe(output);
	expect(isFinal(status)).toBe(final);
	expect(isActive(status)).toBe(active);
});

it('keeps the order of outputs that saved workflows rely on', () => {
	expect(STATUS_OUTPUTS.map(({ name }) => name)).toEqual([
		'Completed',
		'Failed',
		'Stopped',
		'Running',
	]);
});
