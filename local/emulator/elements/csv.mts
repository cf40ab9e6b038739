import { parse } from 'csv-parse/sync';
import type { Found, Parser } from './element.mjs';

const escape = (text: string) =>
	text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Rows as one Table element with its HTML. */
export function table(rows: string[][]): Found {
	const html = rows
		.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`)
		.join('');
	return {
		type: 'Table',
		text: rows.map((row) => row.join(' ')).join('\n'),
		metadata: { text_as_html: `<table>${html}</table>` },
	};
}

/** A CSV file is one table. */
export const parseCsv: Parser = (content) => [
	table(parse(content, { relax_column_count: true, skip_empty_lines: true })),
];
