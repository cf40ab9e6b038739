import { parse } from 'csv-parse/sync';
import type { Parser } from './element.mjs';
import { tableHtml } from './tableHtml.mjs';

/** Reads a CSV file as one table. */
export const parseCsv: Parser = (content) => {
	const rows = parse(content, { relax_column_count: true, skip_empty_lines: true });
	return [
		{
			type: 'Table',
			text: rows.map((row) => row.join(' ')).join('\n'),
			metadata: { text_as_html: tableHtml(rows) },
		},
	];
};
