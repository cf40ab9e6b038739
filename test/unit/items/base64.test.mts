import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import type * as Base64 from '../../../nodes/Unstructured/items/base64.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { decodeBase64 } = built<typeof Base64>('items/base64');

async function decoded(text: string) {
	const content = decodeBase64(text);
	if (!content) return undefined;
	const bytes = await buffer(content.stream());
	expect(content.size).toBe(bytes.length);
	return bytes.toString('latin1');
}

it.each([
	['', ''],
	['QQ==', 'A'],
	['QUI=', 'AB'],
	['QUJD', 'ABC'],
	['QUJD\r\nQQ==\n', 'ABCA'],
	['QUI', 'AB'],
])('decodes %j', async (text, expected) => {
	expect(await decoded(text)).toBe(expected);
});

it.each([
	'hello',
	'hello world',
	'filesystem-v2',
	'QUJD====QUJD',
	'QUI=QUJD',
	'QUJDQ',
	'QUJ=',
	'Q===',
	'QUI==',
	'=',
	'QU-_',
	'QUJ\u0000',
	'[object Object]',
	`${'QUJD'.repeat(600_000)}!QUJ`,
])('rejects %j', (text) => {
	expect(decodeBase64(text)).toBeUndefined();
});

it('returns the encoded bytes in slices', async () => {
	const bytes = Buffer.from(Array.from({ length: 2_000_001 }, (_, i) => (i * 31) % 256));
	expect(await decoded(bytes.toString('base64'))).toBe(bytes.toString('latin1'));
});

it('returns the announced number of bytes for any text', async () => {
	const text = fc.oneof(
		fc.string(),
		fc.base64String(),
		fc.tuple(fc.base64String(), fc.string({ maxLength: 2 })).map((parts) => parts.join('')),
		fc.string({ unit: fc.constantFrom('A', 'B', '=', '\n', '-', ' ') }),
	);
	await fc.assert(
		fc.asyncProperty(text, async (any) => {
			const found = await decoded(any);
			if (found !== undefined) expect(found).toBe(Buffer.from(any, 'base64').toString('latin1'));
		}),
		{ numRuns: CASES },
	);
});
