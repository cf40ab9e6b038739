import type * as ChannelSecret from '../../../nodes/Unstructured/webhooks/channelSecret.js';
import type * as Signature from '../../../nodes/Unstructured/webhooks/signature.js';
import { built } from '../../support/built.mjs';

const { channelSecret, describeWithRandomPart, randomPartOf } =
	built<typeof ChannelSecret>('webhooks/channelSecret');
const { newSecret } = built<typeof Signature>('webhooks/signature');

it('finds the random part in its description', () => {
	const randomPart = newSecret();
	const description = describeWithRandomPart('n8n workflow 1 "A [b]"', randomPart);
	expect(randomPartOf({ id: '1', description })).toBe(randomPart);
});

it('keeps a description within the limit of the API', () => {
	const description = describeWithRandomPart('n'.repeat(300), newSecret());
	expect(description).toHaveLength(255);
	expect(randomPartOf({ id: '1', description })).toBeDefined();
});

it.each([undefined, null, '', 'Mine', 'n8n workflow 1 "A" [short]', 7])(
	'finds none in %j',
	(description) => {
		expect(randomPartOf({ id: '1', description })).toBeUndefined();
	},
);

it('creates a different secret for each instance, URL, and random part', () => {
	const part = newSecret();
	const secrets = [
		channelSecret('a', 'https://x/1', part),
		channelSecret('b', 'https://x/1', part),
		channelSecret('a', 'https://x/2', part),
		channelSecret('a', 'https://x/1', newSecret()),
	];
	expect(new Set(secrets).size).toBe(4);
	for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/);
	expect(channelSecret('a', 'https://x/1', part)).toBe(secrets[0]);
});
