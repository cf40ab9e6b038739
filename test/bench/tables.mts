import { load } from 'cheerio';
import type * as HtmlTables from '../../nodes/Unstructured/jobs/output/htmlTables.js';
import { built } from '../support/built.mjs';
import type { Sizes } from './options.mjs';
import type { Row } from './table.mjs';

const { readTables } = built<typeof HtmlTables>('jobs/output/htmlTables');

/** A table in the platform's form, with 21 rows of six cells, some of them merged. */
function table(position: number): string {
	const rows = Array.from(
		{ length: 20 },
		(_, at) =>
			`<tr><td rowspan="${at % 5 ? 1 : 2}">${position + at}</td><td colspan="2">Bolt &amp; nut, ${at} mm</td><td>1.50</td><td/></tr>`,
	);
	return `<table><thead><tr><th>No.</th><th colspan="2">Article</th><th>Price</th><th/></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** The cell texts of all rows, as returned by an HTML parser, without repeated spans. */
function cheerioRows(html: string): string[][] {
	const $ = load(html);
	return $('tr')
		.toArray()
		.map((row) =>
			$(row)
				.children('td,th')
				.toArray()
				.map((cell) => $(cell).text()),
		);
}

/** The tables per second that a reader converts to rows. */
function perSecond(tables: string[], rowsOf: (html: string) => string[][]): number {
	const began = performance.now();
	for (const html of tables) {
		const { length } = rowsOf(html);
		if (length !== 21) throw new Error(`${length} rows instead of 21`);
	}
	return (tables.length / (performance.now() - began)) * 1_000;
}

/** Reads the tables of an output as rows, compared with an HTML parser, on one core. */
export function benchTables({ tables: count, rounds }: Sizes): Row[] {
	const tables = Array.from({ length: count }, (_, position) => table(position));
	const own: number[] = [];
	const values: number[] = [];
	for (let round = 0; round < rounds; round++) {
		own.push(perSecond(tables, (html) => readTables(html)[0].rows));
		values.push(perSecond(tables.slice(0, count / 10), cheerioRows));
	}
	return [
		{
			kind: 'time',
			what: 'HTML tables of 21 rows',
			unit: 'per s',
			own,
			peer: { name: 'cheerio', values },
		},
	];
}
