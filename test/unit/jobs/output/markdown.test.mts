import fc from 'fast-check';
import { lexer } from 'marked';
import type { IDataObject } from 'n8n-workflow';
import type * as Markdown from '../../../../nodes/Unstructured/jobs/output/markdown.js';
import { built } from '../../../support/built.mjs';
import { CASES } from '../../../support/cases.mjs';

const { MarkdownWriter } = built<typeof Markdown>('jobs/output/markdown');

function write(...elements: IDataObject[]) {
	const writer = new MarkdownWriter();
	for (const element of elements) writer.add(element);
	return writer.toString();
}

it('joins headings, paragraphs, lists, and code', () => {
	const text = write(
		{ type: 'Title', text: 'Report', metadata: { category_depth: 0 } },
		{ type: 'Title', text: 'Part\n1', metadata: { category_depth: 1 } },
		{ type: 'NarrativeText', text: ' Some text. ' },
		{ type: 'ListItem', text: 'one' },
		{ type: 'ListItem', text: 'two' },
		{ type: 'PageBreak', text: '' },
		{ type: 'CodeSnippet', text: 'x = 1' },
		{ type: 'PageNumber', text: '7' },
		{ type: 'SomethingNew', text: 'kept' },
	);
	expect(text).toBe(
		'# Report\n\n## Part 1\n\nSome text.\n\n- one\n- two\n\n```\nx = 1\n```\n\nkept',
	);
});

it('converts an HTML table to a Markdown table', () => {
	const html =
		'<table><thead><tr><th>Name</th><th>Sum</th></tr></thead><tbody><tr><td>A&amp;B</td><td>1|2</td></tr><tr><td>C</td></tr></tbody></table>';
	expect(write({ type: 'Table', text: 'x', metadata: { text_as_html: html } })).toBe(
		'| Name | Sum |\n| --- | --- |\n| A&B | 1\\|2 |\n| C |  |',
	);
});

it('keeps a table that Markdown cannot express as HTML, and uses the text of a table without HTML', () => {
	const html = '<table><tr><td colspan="2">a</td></tr></table>';
	expect(write({ type: 'Table', text: 'x', metadata: { text_as_html: html } })).toBe(html);
	expect(write({ type: 'Table', text: 'a b' })).toBe('a b');
});

it.each([{}, { type: 'Title' }, { type: 'Title', text: null }, { type: 'Table', metadata: null }])(
	'returns nothing for %j',
	(element) => {
		expect(write(element as IDataObject)).toBe('');
	},
);

const item = (text: string, depth?: number) => ({
	type: 'ListItem',
	text,
	metadata: { category_depth: depth },
});

it.each<[string, IDataObject[], string]>([
	['nests lists', [item('a', 0), item('b', 1), item('c', 0)], '- a\n    - b\n- c'],
	[
		'begins a list at its first depth',
		[item('a', 3), item('b', 5), item('c', 3)],
		'- a\n    - b\n- c',
	],
	[
		'restarts the depth for the next list',
		[item('a'), { type: 'Text', text: 'x' }, item('b', 2)],
		'- a\n\nx\n\n- b',
	],
	['keeps numbers', [item('1. a'), item('2) b')], '1. a\n2) b'],
	[
		'removes bullets',
		[item('\u2022 a'), item('- b'), item('-5 degrees')],
		'- a\n- b\n- -5 degrees',
	],
	[
		'keeps the lines of an item together',
		[item('a\nb', 0), item('c\n\nd', 1)],
		'- a\n  b\n    - c\n      d',
	],
	[
		'joins a list across pages',
		[item('a'), { type: 'PageBreak', text: '' }, item('b')],
		'- a\n- b',
	],
	[
		'fences code that contains a fence, and keeps its indentation',
		[{ type: 'CodeSnippet', text: '\n  if x:\n```js\n' }],
		'````\n  if x:\n```js\n````',
	],
])('%s', (_what, elements, expected) => {
	expect(write(...elements)).toBe(expected);
});

const tableOf = (html: string, text = 'flat words') =>
	write({ type: 'Table', text, metadata: { text_as_html: html } });

it('decodes entities once', () => {
	const cells = '&#39;a&#x27; &amp;lt; &#38;lt; &euro;&copy &unknown; &nbsp;b<br/>c';
	expect(tableOf(`<table><tr><td>${cells}</td></tr></table>`)).toBe(
		"| 'a' &lt; &lt; \u20AC\u00A9 &unknown; b c |\n| --- |",
	);
});

it.each([
	[
		'an empty cell as written by the library',
		'<table><tr><td>Item</td><td>2023</td><td>2024</td></tr><tr><td>Revenue</td><td/><td>500</td></tr></table>',
		'| Item | 2023 | 2024 |\n| --- | --- | --- |\n| Revenue |  | 500 |',
	],
	['blocks in a cell', '<table><tr><td><p>3</p><p>1</p></td></tr></table>', '| 3 1 |\n| --- |'],
	[
		'a list in a cell',
		'<table><tr><td><ul><li>one</li><li>two</li></ul></td></tr></table>',
		'| one; two |\n| --- |',
	],
	[
		'a caption',
		'<table><caption># Sales</caption><tr><td>a</td></tr></table>',
		'\\# Sales\n\n| a |\n| --- |',
	],
	['the word rowspan', '<table><tr><td>rowspan=2</td></tr></table>', '| rowspan=2 |\n| --- |'],
	['spans of one', '<table><tr><td colspan="1" rowspan=1>a', '| a |\n| --- |'],
	['bars and backslashes', '<table><tr><td>a|b\\|c\\</td></tr>', '| a\\|b\\\\\\|c\\ |\n| --- |'],
	[
		'text around a table',
		'<p>Above</p><table><td>a</table>below',
		'Above\n\n| a |\n| --- |\n\nbelow',
	],
	['HTML without a table', '<p>1 &lt; 2</p>', '1 < 2'],
	['a table without cells', '<table></table>', 'flat words'],
])('writes %s', (_what, html, expected) => {
	expect(tableOf(html)).toBe(expected);
});

it('keeps a nested table as HTML, without the empty lines that would end it', () => {
	const html = '<table><tr><td>a\n \n<table><tr><td>b</table></table>';
	expect(tableOf(html)).toBe('<table><tr><td>a\n<table><tr><td>b</table></table>');
});

const GRID = '<table><tr><td>Item</td><td>2024</td></tr><tr><td>Sum</td><td>5 0</td></tr></table>';
const MARKDOWN_GRID = '| Item | 2024 |\n| --- | --- |\n| Sum | 5 0 |';

it.each([
	['TableChunk', 'Item 2024 Sum 50', GRID, MARKDOWN_GRID],
	['CompositeElement', 'Item 2024\nSum 5 0', GRID, MARKDOWN_GRID],
	['CompositeElement', 'Sum 5 0 Item 2024', GRID, MARKDOWN_GRID],
	['CompositeElement', '', GRID, MARKDOWN_GRID],
	['SomethingNew', 'Item 2024 Sum 5 0', GRID, MARKDOWN_GRID],
	[
		'CompositeElement',
		'Before it.\n\nItem 2024 Sum 50\n\n- after Item 2024 Sum 5 0',
		GRID + GRID,
		`Before it.\n\n${MARKDOWN_GRID}\n\n\\- after\n\n${MARKDOWN_GRID}`,
	],
	['CompositeElement', 'Other words', GRID, `Other words\n\n${MARKDOWN_GRID}`],
	['CompositeElement', 'Intro. Item 2024', '<p>Item</p>', 'Intro. Item 2024'],
	['CompositeElement', 'All', '<table></table>', 'All'],
	['CompositeElement', 'All', '<table><td></table>', 'All'],
])('writes the tables of a %s with the text %j', (type, text, html, expected) => {
	expect(write({ type, text, metadata: { text_as_html: html } })).toBe(expected);
});

it('writes a megabyte of anything in linear time', () => {
	const before = process.cpuUsage();
	for (const part of [' ', '\n', '`x', '\\', '- ', '=\n', '<td>']) {
		const text = `a${part.repeat(1_000_000 / part.length)}b`;
		for (const type of ['Title', 'ListItem', 'CodeSnippet', 'Text'])
			expect(write({ type, text, metadata: { text_as_html: `<table><td>${text}` } })).toContain(
				'b',
			);
	}
	// Microseconds for 28 texts, even on a busy machine: a quadratic pass over one of them takes minutes.
	expect(process.cpuUsage(before).user).toBeLessThan(60_000_000);
}, 120_000);

const piece = fc.constantFrom(
	'#',
	'##',
	' ',
	'  ',
	'-',
	'+',
	'*',
	'>',
	'```',
	'~~~',
	'=',
	'---',
	'|',
	'1.',
	'\n',
	'\n\n',
	'\t',
	'a',
	'Total',
	'<td>',
	'&lt;',
	'`',
	'\\',
	'\r',
	'請',
	'__proto__',
);
const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
);
const anyElement = fc.record(
	{
		type: fc.oneof(
			fc.constantFrom(
				'Title',
				'ListItem',
				'Table',
				'CompositeElement',
				'CodeSnippet',
				'PageBreak',
				'NarrativeText',
				'__proto__',
			),
			fc.jsonValue(),
		),
		text: fc.oneof(anyText, fc.jsonValue()),
		metadata: fc.oneof(
			fc.record(
				{
					category_depth: fc.oneof(fc.double(), fc.jsonValue()),
					text_as_html: fc.oneof(
						anyText.map((text) => `<table><tr><td>${text}</td></tr></table>`),
						fc.jsonValue(),
					),
				},
				{ requiredKeys: [] },
			),
			fc.jsonValue(),
		),
	},
	{ requiredKeys: [] },
);

it('returns a text for any elements', () => {
	fc.assert(
		fc.property(fc.array(anyElement), (elements) => {
			expect(typeof write(...(elements as IDataObject[]))).toBe('string');
		}),
		{
			numRuns: CASES,
			examples: [[[{ type: 'ListItem', metadata: { category_depth: { toString: false } } }]]],
		},
	);
});

it('closes the fence of any code correctly', () => {
	fc.assert(
		fc.property(
			anyText.filter((text) => /\S/.test(text)),
			(text) => {
				const kinds = lexer(write({ type: 'CodeSnippet', text }, { type: 'Text', text: 'after' }));
				expect(kinds.filter(({ type }) => type !== 'space').map(({ type }) => type)).toEqual([
					'code',
					'paragraph',
				]);
			},
		),
		{ numRuns: CASES },
	);
});

it('turns no line of a text into a heading, list, quote, or fence', () => {
	fc.assert(
		fc.property(anyText, (text) => {
			const kinds = new Set(
				lexer(
					write({
						type: 'NarrativeText',
						text: text
							.replace(/[<|]|\d[.)]|\t| {2,}|[\r\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
							.replace(/\n */g, '\n'),
					}),
				).map(({ type }) => type),
			);
			for (const kind of ['heading', 'list', 'blockquote', 'hr', 'code'])
				expect([text, kind, kinds.has(kind)]).toEqual([text, kind, false]);
		}),
		{ numRuns: CASES },
	);
});
