import fc from 'fast-check';
import type * as Retry from '../../../nodes/Unstructured/transport/retry.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { retryAfterMs, retryDelayMs } = built<typeof Retry>('transport/retry');

const now = Date.parse('2026-11-24T10:00:00Z');
const limits = { attempts: 5, totalMs: 60_000 };
const attempt = { number: 1, elapsedMs: 0, repeatable: true };

describe('retryAfterMs', () => {
	it.each([
		['0', 0],
		['3', 3_000],
		[' 120 ', 120_000],
		['Tue, 24 Nov 2026 10:00:07 GMT', 7_000],
		['Tue, 24 Nov 2026 09:59:00 GMT', 0],
	])('reads %j as %d ms', (value, ms) => {
		expect(retryAfterMs(value, now)).toBe(ms);
	});

	it.each([undefined, '', 'soon', '-5', '1.5', '1e3', '99999999999', 'Tue, 99 Foo 2026'])(
		'finds no time in %j',
		(value) => {
			expect(retryAfterMs(value, now)).toBeUndefined();
		},
	);

	it('returns a non-negative time or undefined for any text', () => {
		const text = fc.oneof(
			fc.string(),
			fc.double().map(String),
			fc.bigInt().map(String),
			fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
			fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
		);
		fc.assert(
			fc.property(text, (value) => {
				const ms = retryAfterMs(value, now);
				return ms === undefined || (Number.isFinite(ms) && ms >= 0);
			}),
			{ numRuns: CASES },
		);
	});
});

describe('retryDelayMs', () => {
	it.each([500, 502, 503, 504, 429, undefined])('retries a read after %p', (statusCode) => {
		expect(retryDelayMs({ ...attempt, statusCode }, limits, 0.5, now)).toBe(375);
	});

	it.each([200, 301, 400, 401, 403, 404, 409, 413, 422])(
		'does not retry a read after %d',
		(statusCode) => {
			expect(retryDelayMs({ ...attempt, statusCode }, limits, 0.5, now)).toBeUndefined();
		},
	);

	it.each([undefined, 200, 400, 500, 502, 503, 504])(
		'never retries starting a job after %p',
		(statusCode) => {
			const start = { ...attempt, repeatable: false, statusCode };
			expect(retryDelayMs(start, limits, 0.5, now)).toBeUndefined();
		},
	);

	it.each([{ statusCode: 429 }, { neverSent: true }])('retries starting a job after %j', (end) => {
		const start = { ...attempt, repeatable: false, ...end };
		expect(retryDelayMs(start, limits, 0.5, now)).toBe(375);
	});

	it('waits at least as long as the server asks', () => {
		const asked = { ...attempt, statusCode: 429, retryAfter: '7' };
		expect(retryDelayMs(asked, limits, 0.5, now)).toBe(7_000);
	});

	it('does not retry if the server asks for more time than is left', () => {
		const asked = { ...attempt, statusCode: 503, retryAfter: '61' };
		expect(retryDelayMs(asked, limits, 0.5, now)).toBeUndefined();
	});

	it('limits the attempts and the time for any response', () => {
		const answers = fc.array(fc.constantFrom('0', '1', '30', 'x', undefined), { minLength: 5 });
		fc.assert(
			fc.property(answers, fc.double({ min: 0, max: 0.99, noNaN: true }), (headers, random) => {
				let elapsedMs = 0;
				for (const [index, retryAfter] of headers.entries()) {
					const tried = {
						number: index + 1,
						elapsedMs,
						repeatable: true,
						statusCode: 503,
						retryAfter,
					};
					const delay = retryDelayMs(tried, limits, random, now);
					if (delay === undefined) return true;
					elapsedMs += delay;
					if (elapsedMs > limits.totalMs) return false;
				}
				return false;
			}),
			{ numRuns: CASES },
		);
	});
});
