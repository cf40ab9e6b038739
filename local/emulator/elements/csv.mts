import { parse } from 'csv-parse/sync';
import type { Parser } from './element.mjs';
import { tableHtml } from './tableHtml.mjs';

/** A CSV file is one table. */
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
