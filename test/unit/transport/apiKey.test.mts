import type * as ApiKey from '../../../nodes/Unstructured/transport/apiKey.js';
import { built } from '../../support/built.mjs';

const { cleanApiKey } = built<typeof ApiKey>('transport/apiKey');

it.each([
	['goodkey-0123456789', 'goodkey-0123456789'],
	[' goodkey-0123456789\n', 'goodkey-0123456789'],
	['goodkey-\n0123456789', 'goodkey-0123456789'],
	['goodkey-0123456789\u200b', 'goodkey-0123456789'],
	['\ufeffgoodkey-\u00a00123456789\u2028', 'goodkey-0123456789'],
	[undefined, ''],
	[null, ''],
	[7, ''],
])('cleans the key %j', (pasted, sent) => {
	expect(cleanApiKey(pasted)).toBe(sent);
});
