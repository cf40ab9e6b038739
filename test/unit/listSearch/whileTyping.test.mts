import { setTimeout } from 'node:timers/promises';
import { built } from '../../support/built.mjs';

interface Typing {
	filter: string;
	isOver: boolean;
}
const { whileTyping } = built<{
	whileTyping: <Result>(
		key: string,
		filter: string,
		search: (typing: Typing) => Promise<Result>,
	) => Promise<Result>;
}>('listSearch/whileTyping');

/** Starts a search, then another one, and returns whether the first was canceled. */
async function isEnded(first: [string, string], second: [string, string]) {
	let end = () => {};
	const going = new Promise<void>((resolve) => (end = resolve));
	const result = whileTyping(...first, async (typing) => {
		await going;
		return typing.isOver;
	});
	await whileTyping(...second, () => setTimeout(0));
	end();
	return await result;
}

it.each([
	['typing on', 'inv', 'invoice', true],
	['deleting', 'invoice', 'inv', true],
	['opening the list', 'invoice', '', false],
	['the same search', 'inv', 'inv', false],
	["another person's search", 'invoice', 'contract', false],
])('%s', async (_what, first, second, ended) => {
	expect(await isEnded(['1', first], ['1', second])).toBe(ended);
});

it('does not cancel searches with another credential', async () => {
	expect(await isEnded(['1', 'inv'], ['2', 'invoice'])).toBe(false);
});

it('is not canceled by earlier searches', async () => {
	await whileTyping('1', 'inv', () => Promise.resolve());
	expect(await whileTyping('1', 'invoice', (typing) => Promise.resolve(typing.isOver))).toBe(false);
});
