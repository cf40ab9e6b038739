import { jest } from '@jest/globals';
import type * as ServerClock from '../../../../nodes/Unstructured/jobs/start/serverClock.js';
import { built } from '../../../support/built.mjs';

const { serverClock } = built<typeof ServerClock>('jobs/start/serverClock');
const HERE = Date.UTC(2026, 0, 1, 12, 0, 0, 400);

beforeEach(() => jest.useFakeTimers({ now: HERE }));
afterEach(() => jest.useRealTimers());

it.each([
	['Thu, 01 Jan 2026 12:00:00 GMT', -400],
	['Thu, 01 Jan 2026 12:10:00 GMT', 599_600],
	['Thu, 01 Jan 2026 11:50:00 GMT', -600_400],
	[undefined, -5_000],
	['', -5_000],
	['yesterday', -5_000],
	[['Thu, 01 Jan 2026 12:10:00 GMT'], 599_600],
])('with the header %j it is ahead of ours by %d ms, and goes on', (date, ahead) => {
	const clock = serverClock(date);
	expect(clock()).toBe(HERE + ahead);
	jest.advanceTimersByTime(90_000);
	expect(clock()).toBe(HERE + 90_000 + ahead);
});
