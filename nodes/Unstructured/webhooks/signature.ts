import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The headers of a request with their names in lower case, as in Node.js. */
export type Headers = Record<string, string | string[] | undefined>;

/** The ID of a valid delivery, which stays the same when the delivery is repeated, or the reason why it is invalid. */
export type Verdict = { id: string } | { reason: string };

/** How far the time of a delivery may differ from that of this machine, as in Standard Webhooks. */
const TOLERANCE_SECONDS = 300;

/** The header prefixes of Standard Webhooks and of Svix, which sends the deliveries (docs/api-notes.md 8.4). */
const PREFIXES = ['webhook', 'svix'];

const LONGEST_ID = 500;

/** The reason if the signature does not match, but could match another secret. */
export const UNFIT = 'its signature does not match';

const isBase64 = (text: string) => /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0;

/** Returns the keys that a secret may represent, in the order of docs/api-notes.md 8.4. None is empty. */
function candidateKeys(secret: string): Buffer[] {
	const encoded = secret.startsWith('whsec_') ? [secret.slice('whsec_'.length), secret] : [secret];
	const decoded = encoded.filter(isBase64).map((text) => Buffer.from(text, 'base64'));
	return [Buffer.from(secret, 'utf8'), ...decoded].filter(({ length }) => length > 0);
}

const isEqual = (one: string, other: string) => {
	const [a, b] = [Buffer.from(one), Buffer.from(other)];
	return a.length === b.length && timingSafeEqual(a, b);
};

/**
 * Verifies the received bytes of a delivery as in Standard Webhooks (docs/api-notes.md 8.4). One of the `v1` signatures must
 * match, and the time must be within five minutes. Nothing is valid with an empty secret.
 * @param now Unix milliseconds
 */
export function verify(body: Buffer, headers: Headers, secret: string, now: number): Verdict {
	const keys = candidateKeys(secret);
	if (keys.length === 0) return { reason: 'there is no secret to check it with' };
	const prefix = PREFIXES.find((one) => headers[`${one}-signature`] !== undefined);
	if (!prefix) return { reason: 'it has no signature' };
	const header = (name: string) => String(headers[`${prefix}-${name}`] ?? '');
	const [id, timestamp, signatures] = [header('id'), header('timestamp'), header('signature')];
	if (!id || id.length > LONGEST_ID) return { reason: 'it has no valid ID' };
	if (!/^\d{1,12}$/.test(timestamp)) return { reason: 'it has no valid time' };
	const given = signatures
		.split(' ')
		.filter((one) => one.startsWith('v1,'))
		.map((one) => one.slice('v1,'.length));
	const fits = keys.some((key) => {
		const text = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
		const expected = createHmac('sha256', key).update(text).digest('base64');
		return given.some((one) => isEqual(one, expected));
	});
	if (!fits) return { reason: UNFIT };
	const age = now / 1000 - Number(timestamp);
	if (Math.abs(age) > TOLERANCE_SECONDS) {
		return { reason: `it was signed ${Math.round(Math.abs(age))} s ${age > 0 ? 'ago' : 'ahead'}` };
	}
	return { id };
}

/** Creates a secret of 32 random bytes as 43 ASCII characters, within the documented 24 to 75 (docs/api-notes.md 8.1). */
export const newSecret = () => randomBytes(32).toString('base64url');
