import fc from 'fast-check';
import type * as Clock from '../../../../nodes/Unstructured/jobs/start/serverClock.js';
import { built } from '../../../support/built.mjs';
import { CASES } from '../../../support/cases.mjs';

const { ServerClock, creation } = built<typeof Clock>('jobs/start/serverClock');
const HERE = Date.UTC(2026, 0, 1, 12, 0, 0, 400);

const answer = (date: unknown, sentAt = HERE, receivedAt = sentAt + 10, more = {}) => ({
	headers: { date, ...more },
	sentAt,
	receivedAt,
});

it.each([
	['Thu, 01 Jan 2026 12:00:00 GMT', 0],
	['Thu, 01 Jan 2026 12:10:00 GMT', 600_000],
	['Thu, 01 Jan 2026 11:50:00 GMT', -600_000],
])('determines the time to the second from one header %j', (date, ahead) => {
	const clock = new ServerClock();
	clock.observe(answer(date));
	expect(clock.at(HERE)).toEqual({
		earliest: HERE + ahead - 411,
		latest: HERE + ahead + 601,
	});
});

it.each([[undefined], [''], ['yesterday'], [null]])(
	'determines no time from the header %j',
	(date) => {
		const clock = new ServerClock();
		clock.observe(answer(date));
		expect(clock.at(HERE)).toBeUndefined();
	},
);

it('determines no time from a cached response or from contradicting clocks', () => {
	const clock = new ServerClock();
	clock.observe(answer('Thu, 01 Jan 2026 12:00:00 GMT', HERE, HERE, { age: '30' }));
	expect(clock.at(HERE)).toBeUndefined();
	clock.observe(answer('Thu, 01 Jan 2026 12:00:00 GMT'));
	clock.observe(answer('Thu, 01 Jan 2026 12:00:05 GMT'));
	expect(clock.at(HERE)).toBeUndefined();
});

it('contains the true time at any offset, and is exact after nine well-timed responses', () => {
	const distances = fc.integer({ min: -1e7, max: 1e7 });
	fc.assert(
		fc.property(distances, fc.integer({ min: 0, max: 5_000 }), (ahead, start) => {
			const clock = new ServerClock();
			let here = HERE + start;
			for (let reading = 0; reading < 10; reading++) {
				const date = new Date(here + 1 + ahead).toUTCString();
				clock.observe(answer(date, here, here + 2));
				const { earliest, latest } = clock.at(here)!;
				expect(earliest).toBeLessThanOrEqual(here + ahead);
				expect(latest).toBeGreaterThanOrEqual(here + ahead);
				const pause = clock.bestPause(here + 2);
				expect(pause).toBeLessThanOrEqual(1_000);
				here = Math.ceil(here + 2 + pause);
			}
			const { earliest, latest } = clock.at(here)!;
			expect(latest - earliest).toBeLessThan(10);
		}),
		{ numRuns: CASES },
	);
});

it.each([
	['2026-01-01T12:00:00Z', 1_000],
	['2026-01-01T12:00:00.1Z', 100],
	['2026-01-01T12:00:00.123Z', 1],
	['2026-01-01T12:00:00.123456', 1],
])('reads the creation time with the precision of %j', (created_at, precision) => {
	const { earliest, latest } = creation({ id: 'a', created_at })!;
	expect(latest - earliest).toBe(precision);
});

it.each([undefined, null, '', 'soon', 7])('finds no creation time in %j', (created_at) => {
	expect(creation({ id: 'a', created_at } as never)).toBeUndefined();
});
