import { Unstructured, UnstructuredApi, UnstructuredTrigger } from '../support/n8n.mjs';

interface Text {
	path: string;
	text: string;
	isBoolean: boolean;
}

/** All descriptions and hints in a node description as n8n loads it, at any depth. */
function textsIn(value: unknown, path: string): Text[] {
	if (typeof value !== 'object' || value === null) return [];
	const { name, type } = value as Record<string, unknown>;
	const place = typeof name === 'string' ? `${path}.${name}` : path;
	return Object.entries(value).flatMap(([key, one]: [string, unknown]) =>
		(key === 'description' || key === 'hint') && typeof one === 'string'
			? [{ path: place, text: one, isBoolean: key === 'description' && type === 'boolean' }]
			: textsIn(one, place),
	);
}

/** A period, then a capital letter or a quote, perhaps in a link. Does not match "e.g." or file names. */
const BETWEEN_SENTENCES = /[.!?]['")]?(?:<\/\w+>)?\s+(?:<[^>]*>)?['"(]?\p{Lu}/u;
const END = /[.!?]['")]?(?:<\/\w+>)?$/;

/** A link after the last sentence is a label, and needs no period. */
const LAST_LINK = /(?<=[.!?])\s*<a [^>]*>[^<]*<\/a>$/;

/** The flaw of a text, or undefined. */
function flawIn({ text: whole, isBoolean }: Text): string | undefined {
	const text = whole.replace(LAST_LINK, ' Link.');
	if (/\.\.(?!\.)|\. \.|^\./.test(text)) return 'has a period too many';
	const hasSeveral = BETWEEN_SENTENCES.test(text);
	if (hasSeveral && !END.test(text)) return 'has several sentences and no period at the end';
	if (!hasSeveral && END.test(text)) return 'has one sentence and a period';
	if (isBoolean && !/^Whether /.test(text)) return 'does not begin with "Whether"';
	if (isBoolean && /\. Otherwise\b/.test(text)) return 'says "Otherwise" instead of "If off"';
	return undefined;
}

const flaws = (value: unknown, name: string) =>
	textsIn(value, name).flatMap((one) => {
		const flaw = flawIn(one);
		return flaw ? [`${one.path} ${flaw}: ${one.text}`] : [];
	});

it.each([
	['node', new Unstructured().description],
	['trigger', new UnstructuredTrigger().description],
	['credential', new UnstructuredApi()],
])('the %s ends its descriptions like n8n', (name, description) => {
	expect(textsIn(description, name).length).toBeGreaterThan(1);
	expect(flaws(description, name)).toEqual([]);
});

describe('a planted description', () => {
	const planted = (description: string, type = 'string') =>
		flaws({ properties: [{ name: 'a', options: [{ name: 'b', type, description }] }] }, 'node');

	it.each([
		['One sentence.', 'has one sentence and a period'],
		['The first one. The second one', 'has several sentences and no period at the end'],
		["It ends. 'Name' begins", 'has several sentences and no period at the end'],
		['See <a href="x">the docs</a>.', 'has one sentence and a period'],
		[`One. Two${'..'}`, 'has a period too many'],
		[`${'.'} One`, 'has a period too many'],
	])('is found: %s', (text, flaw) => {
		expect(planted(text)).toEqual([`node.a.b ${flaw}: ${text}`]);
	});

	it.each([
		['Waits for the job', 'does not begin with "Whether"'],
		['Whether to wait. Otherwise it returns.', 'says "Otherwise" instead of "If off"'],
	])('is found for a boolean: %s', (text, flaw) => {
		expect(planted(text, 'boolean')).toEqual([`node.a.b ${flaw}: ${text}`]);
	});

	it.each([
		'One sentence',
		'One sentence with report.pdf and e.g. a dot',
		'The first one. The second one.',
		'Whether to wait. If off, the job is returned.',
		'The first one. The second one. <a href="x">Settings in the docs</a>',
	])('is accepted: %s', (text) => {
		expect(planted(text)).toEqual([]);
	});
});
