import { load } from 'cheerio';
import type { Element } from 'domhandler';
import fc from 'fast-check';
import type * as HtmlTables from '../../../../nodes/Unstructured/jobs/output/htmlTables.js';
import { built } from '../../../support/built.mjs';
import { CASES } from '../../../support/cases.mjs';

const { readBlocks, readTables } = built<typeof HtmlTables>('jobs/output/htmlTables');

const rowsOf = (html: string) => readTables(html).map(({ rows }) => rows);
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The grids of a page's outermost tables, computed with a common HTML parser. */
function oracle(html: string) {
	const $ = load(html);
	const isInner = (table: Element) => $(table).parents('table').length > 0;
	return $('table')
		.toArray()
		.filter((table) => !isInner(table))
		.map((table) => ({
			caption: oneLine(
				$(table)
					.children('caption')
					.toArray()
					.map((caption) => $(caption).text())
					.join(' '),
			),
			rows: grid(
				$(table)
					.children('thead,tbody')
					.toArray()
					.concat($(table).children('tfoot').toArray())
					.map((section) =>
						$(section)
							.children('tr')
							.toArray()
							.map((row) =>
								$(row)
									.children('td,th')
									.toArray()
									.map((cell) => ({
										text: oneLine($(cell).text()),
										columns: Number($(cell).attr('colspan') ?? 1),
										rows: Number($(cell).attr('rowspan') ?? 1) || Infinity,
									})),
							),
					),
			),
		}));
}

/** An independent layout of cells that looks up every slot of a section in a map. */
function grid(sections: Array<Array<Array<{ text: string; columns: number; rows: number }>>>) {
	return sections.flatMap((rows) => {
		const slots = new Map<string, string>();
		const widths = rows.map(() => 0);
		for (const [y, cells] of rows.entries()) {
			let x = 0;
			for (const cell of cells) {
				while (slots.has(`${x} ${y}`)) x++;
				for (let row = y; row < Math.min(rows.length, y + cell.rows); row++) {
					for (let column = x; column < x + cell.columns; column++) {
						const slot = `${column} ${row}`;
						if (!slots.has(slot)) slots.set(slot, cell.text);
						widths[row] = Math.max(widths[row], column + 1);
					}
				}
			}
		}
		return widths.map((width, y) =>
			Array.from({ length: width }, (_, x) => slots.get(`${x} ${y}`) ?? ''),
		);
	});
}

const text = fc.oneof(
	fc.string({ maxLength: 5 }).map((any) => any.replace(/[<\0]/g, '')),
	fc.constantFrom(
		' ',
		'\n',
		'1,000',
		'rowspan',
		'a < b',
		'<3',
		'&amp;lt;',
		'&copy 5',
		'&notit;',
		'&notin;',
		'&#x41',
		'&#128;',
		'&nbsp;',
		'&fjlig;',
		'&bogus;',
		'<!-- <td>no</td> -->',
		'<!-->',
		'<!x>',
		'<?php echo 1 ?>',
		'<![CDATA[x]]>',
		'</>',
		'請',
	),
);
const attribute = fc.constantFrom(
	'',
	'',
	'',
	' ',
	' colspan=2',
	' COLSPAN="2"',
	" rowspan='2'",
	' rowspan=0',
	' rowspan=3 colspan=2',
	' colspan=2 colspan=3',
	' title="a > b"',
	" title='<td>'",
	' data-x=a>b',
	' a = "b" c',
	'/',
	' /',
	' ="',
);
const anyCase = (name: string) => fc.constantFrom(name, name, name.toUpperCase());
const tag = (name: string) =>
	fc.tuple(anyCase(name), attribute).map(([written, attributes]) => `<${written}${attributes}>`);
const inline = fc.constantFrom('b', 'i', 'span', 'a', 'sup', 'font');
const content: fc.Arbitrary<string> = fc
	.array(
		fc.oneof(
			{ weight: 5, arbitrary: text },
			fc.tuple(inline, text).map(([name, inner]) => `<${name} class="x">${inner}</${name}>`),
			fc.tuple(inline, text).map(([name, inner]) => `<${name}>${inner}`),
			fc.constantFrom('<img src=x alt="y">', '<wbr>', '<input/>', '</b>', '</font>'),
		),
		{ maxLength: 3 },
	)
	.map((parts) => parts.join(''));
const end = (name: string) =>
	fc.constantFrom('', `</${name}>`, `</${name}>`, `</${name.toUpperCase()} >`);
const cell = fc
	.constantFrom('td', 'th')
	.chain((name) => fc.tuple(tag(name), content, end(name)).map((parts) => parts.join('')));
const row = fc
	.tuple(tag('tr'), fc.array(cell, { maxLength: 4 }), end('tr'))
	.map(([start, cells, stop]) => start + cells.join('') + stop);
const rows = fc.array(row, { maxLength: 3 }).map((all) => all.join('\n'));
const section = fc.oneof(
	rows,
	fc
		.constantFrom('thead', 'tbody', 'tfoot')
		.chain((name) => fc.tuple(tag(name), rows, end(name)).map((parts) => parts.join(''))),
);
const caption = fc.oneof(
	{ weight: 3, arbitrary: fc.constant('') },
	fc.tuple(content, end('caption')).map(([inner, stop]) => `<caption>${inner}${stop}`),
	fc.constant('<colgroup><col><col/></colgroup>'),
	fc.constant('<col>'),
);
const table = fc
	.tuple(tag('table'), caption, fc.array(section, { maxLength: 3 }), end('table'))
	.map(([start, above, sections, stop]) => start + above + sections.join('') + stop);

const shown = (html: string) =>
	readTables(html).map(({ caption: line, rows: all }) => ({ caption: line, rows: all }));

it('returns the same grid as an HTML parser for any table', () => {
	fc.assert(
		fc.property(table, (html) => {
			expect(shown(html)).toEqual(oracle(html));
		}),
		{ numRuns: CASES },
	);
});

// No end tag of a section: in parse5, unlike in the standard, an unmatched one ends a row.
const piece = fc.oneof(
	text,
	fc.constantFrom('table', 'tr', 'td', 'th', 'caption', 'b').map((name) => `</${name}>`),
	fc
		.constantFrom('table', 'tr', 'td', 'th', 'thead', 'tbody', 'tfoot', 'caption', 'col', 'b')
		.map((name) => `<${name}>`),
);

it('returns the same tables as an HTML parser for any tags in any order', () => {
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
			const html = `<table>${pieces.join('')}`;
			// HTML parsers place stray text of an inner table differently, and a space separates inner cells here.
			const bare = (tables: ReturnType<typeof shown>) =>
				JSON.stringify(tables, (_key, value: unknown) =>
					typeof value === 'string' ? [...value.replace(/\s/g, '')].sort().join('') : value,
				);
			expect(bare(shown(html))).toBe(bare(oracle(html)));
		}),
		{ numRuns: CASES },
	);
});

it.each([
	[
		'an empty cell as written by the library',
		'<table><tr><td>Item</td><td>2023</td></tr><tr><td/><td>500</td></tr></table>',
		[
			['Item', '2023'],
			['', '500'],
		],
	],
	['blocks', '<table><td><p>3</p><p>1</p><td>a<br>b<div>c</div>d', [['3 1', 'a b c d']]],
	[
		'lists',
		'<table><td>Both: <ul><li>one<li> <p>two</p></ul>end<td><li>1</li><li></li><li>2<ol><li>3</ol><li>4',
		[['Both: one; two end', '1; 2 3; 4']],
	],
	['no scripts and styles', '<table><td><script>"</td>"</script>a<style>b{}</style>', [['a']]],
	['a table in a cell', '<table><td>a<table><tr><td>b<td>c</table>d<td>e', [['a b c d', 'e']]],
	['rows without a table', '<tr><td>a</td></tr>', [['a']]],
])('reads %s', (_what, html, expected) => {
	expect(rowsOf(html)).toEqual([expected]);
});

it('keeps paragraphs, tables, and the HTML of each table in order', () => {
	const html =
		'<p>One</p><TABLE><caption>Two</caption><tr><td colspan=2>3</table> four<table><td>5';
	expect(readBlocks(html)).toEqual([
		'One',
		{
			caption: 'Two',
			rows: [['3', '3']],
			isPlain: false,
			html: '<TABLE><caption>Two</caption><tr><td colspan=2>3</table>',
		},
		'four',
		{ caption: '', rows: [['5']], isPlain: true, html: '<table><td>5' },
	]);
});

const MEGABYTE = 1_000_000;

it.each([
	'<td',
	'<td ',
	'<td a=',
	'<td a="',
	'<table>',
	'<table><tr><td>',
	'<table><td colspan=1000000 rowspan=65534>',
	'<tr><td colspan=1000000>x',
	'<td rowspan=65534><tr>',
	'<ul><li>',
	'<!-- -->',
	'<script>',
	'<',
	'&a',
	'\\',
])('reads a megabyte of %j in linear time and memory', (part) => {
	const html = `<table><tr><td>${part.repeat(MEGABYTE / part.length)}`;
	const before = process.cpuUsage();
	const slots = rowsOf(html)
		.flat()
		.reduce((sum, { length }) => sum + length, 0);
	expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
	expect(slots).toBeLessThan(2_000_000);
});
