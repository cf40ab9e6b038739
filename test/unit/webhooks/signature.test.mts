import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import type * as Signature from '../../../nodes/Unstructured/webhooks/signature.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { newSecret, verify } = built<typeof Signature>('webhooks/signature');

/** The test vector of the Standard Webhooks libraries in all languages. */
const PUBLISHED = {
	secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
	body: '{"test": 2432232314}',
	headers: {
		'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
		'webhook-timestamp': '1614265330',
		'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
	},
	now: 1614265330_000,
};

const SECRET = 'a-secret-of-more-than-24-ASCII-characters';
const NOW = Date.parse('2026-11-24T10:00:00Z');
const BODY = '{"type":"job.completed"}';

/** A delivery signed by the official package. */
function signed(
	options: {
		key?: string | Uint8Array;
		body?: string;
		id?: string;
		seconds?: number;
		prefix?: string;
	} = {},
) {
	const { key = SECRET, body = BODY, id = 'msg_1', seconds = NOW / 1000, prefix } = options;
	const signer = new Webhook(key as string, { format: 'raw' });
	const name = (part: string) => `${prefix ?? 'webhook'}-${part}`;
	return {
		[name('id')]: id,
		[name('timestamp')]: String(seconds),
		[name('signature')]: signer.sign(id, new Date(seconds * 1000), body),
	};
}

const check = (headers: Signature.Headers, body = BODY, secret = SECRET, now = NOW) =>
	verify(Buffer.from(body), headers, secret, now);

describe('the published vector', () => {
	it('is accepted', () => {
		const { secret, body, headers, now } = PUBLISHED;
		expect(check(headers, body, secret, now)).toEqual({ id: 'msg_p5jXN8AQM9LWM0D4loKWxJek' });
	});

	it('is accepted next to other, broken, and newer signatures', () => {
		const { secret, body, headers, now } = PUBLISHED;
		const signature = [
			'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=',
			'v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=',
			'v1',
			'',
			headers['webhook-signature'],
		].join(' ');
		const all = { ...headers, 'webhook-signature': signature };
		expect(check(all, body, secret, now)).toEqual({ id: headers['webhook-id'] });
	});

	it('is rejected with another version', () => {
		const { secret, body, headers, now } = PUBLISHED;
		const signature = headers['webhook-signature'].replace('v1,', 'v2,');
		const verdict = check({ ...headers, 'webhook-signature': signature }, body, secret, now);
		expect(verdict).toEqual({ reason: 'its signature does not match' });
	});
});

describe('candidate keys', () => {
	const raw = Buffer.from('24-bytes-of-key-material', 'utf8');
	it.each([
		['the bytes of the whole secret', SECRET, SECRET],
		[
			'the bytes of a whole secret with the prefix',
			'whsec_not/base64!-at-all',
			'whsec_not/base64!-at-all',
		],
		['base64 behind the prefix', `whsec_${raw.toString('base64')}`, raw],
		['base64 without the prefix', raw.toString('base64'), raw],
	])('accepts %s', (_, secret, key) => {
		expect(check(signed({ key }), BODY, secret)).toEqual({ id: 'msg_1' });
	});

	it.each(['', 'whsec_'])('rejects everything with the secret %j and an empty key', (secret) => {
		const text = `msg_1.${NOW / 1000}.${BODY}`;
		const signature = createHmac('sha256', '').update(text).digest('base64');
		const headers = { ...signed(), 'webhook-signature': `v1,${signature}` };
		expect(check(headers, BODY, secret)).toHaveProperty('reason');
	});
});

it('accepts the header names of Svix', () => {
	expect(check(signed({ prefix: 'svix' }))).toEqual({ id: 'msg_1' });
});

it('does not mix two sets of headers', () => {
	const mixed = { ...signed({ prefix: 'svix' }), 'webhook-signature': 'v1,AAAA' };
	expect(check(mixed)).toHaveProperty('reason');
});

it.each([
	[-300, true],
	[300, true],
	[-301, false],
	[301, false],
	[-86_400, false],
])('checks a delivery %d s from now: accepted is %p', (offset, accepted) => {
	const verdict = check(signed({ seconds: NOW / 1000 + offset }));
	expect('id' in verdict).toBe(accepted);
});

it.each([
	['another secret', signed({ key: 'another-secret-of-24-characters' }), BODY],
	['another body', signed(), `${BODY} `],
	['another ID', { ...signed(), 'webhook-id': 'msg_2' }, BODY],
	['another time', { ...signed(), 'webhook-timestamp': String(NOW / 1000 + 1) }, BODY],
	['no signature', { ...signed(), 'webhook-signature': undefined }, BODY],
	['an empty signature', { ...signed(), 'webhook-signature': 'v1,' }, BODY],
	['no ID', { ...signed(), 'webhook-id': undefined }, BODY],
	['no time', { ...signed(), 'webhook-timestamp': undefined }, BODY],
	['an invalid time', { ...signed(), 'webhook-timestamp': 'now' }, BODY],
	['a time with a fraction', { ...signed(), 'webhook-timestamp': `${NOW / 1000}.5` }, BODY],
	['an ID of 10 kB', signed({ id: 'x'.repeat(10_000) }), BODY],
	['no headers', {}, BODY],
])('rejects %s', (_, headers, body) => {
	expect(check(headers, body)).toHaveProperty('reason');
});

it('accepts every signature of the official package, and rejects a change of any byte', () => {
	fc.assert(
		fc.property(
			fc.string({ minLength: 24, maxLength: 75 }).filter((text) => /^[\x21-\x7e]+$/.test(text)),
			fc.string({ unit: 'binary' }).map((text) => Buffer.from(text).toString()),
			fc.nat(),
			(key, body, at) => {
				const headers = signed({ key, body });
				expect(check(headers, body, key)).toEqual({ id: 'msg_1' });
				const changed = Buffer.from(`${body} `);
				changed[at % changed.length] ^= 1;
				expect(verify(changed, headers, key, NOW)).toHaveProperty('reason');
			},
		),
		{ numRuns: CASES },
	);
});

it('never throws for any headers', () => {
	fc.assert(
		fc.property(
			fc.dictionary(
				fc.constantFrom('webhook-id', 'webhook-timestamp', 'webhook-signature', 'svix-signature'),
				fc.oneof(fc.string(), fc.array(fc.string())),
			),
			fc.uint8Array(),
			fc.string(),
			(headers, body, secret) => {
				expect(verify(Buffer.from(body), headers, secret, NOW)).toHaveProperty('reason');
			},
		),
		{ numRuns: CASES },
	);
});

it('creates different secrets of the documented length', () => {
	const secrets = Array.from({ length: 100 }, () => newSecret());
	for (const secret of secrets) expect(secret).toMatch(/^[\w-]{24,75}$/);
	expect(new Set(secrets).size).toBe(100);
});
