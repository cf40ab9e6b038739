import { readBlocks, type HtmlTable } from './htmlTables';
import { paragraph } from './paragraph';

/** More cells than this are not filled up to the width of the widest row. */
const MOST_CELLS = 1_000_000;

/** Escapes bars. Backslashes before a bar are doubled: they would cancel the bar's own. */
const escapeBars = (text: string) =>
	text.replace(/\\+\|?|\|/g, (run) =>
		run.endsWith('|') ? `${run.slice(0, -1).repeat(2)}\\|` : run,
	);

/** Removes empty lines, at which Markdown would end the HTML. */
const withoutBlankLines = (html: string) => html.replace(/\n\s*\n/g, '\n');

/** Writes a table as Markdown, its caption above it, or as HTML if Markdown can't express it. */
export function tableMarkdown({ caption, rows: all, isPlain, html }: HtmlTable): string {
	const rows = all.filter((row) => row.length > 0);
	const width = rows.reduce((widest, { length }) => Math.max(widest, length), 0);
	if (!isPlain || width * rows.length > MOST_CELLS) return withoutBlankLines(html);
	const line = (cells: string[]) =>
		`| ${Array.from({ length: width }, (_, i) => escapeBars(cells[i] ?? '')).join(' | ')} |`;
	const [head, ...body] = rows;
	const table = head && [line(head), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n');
	return [paragraph(caption), table].filter(Boolean).join('\n\n');
}

/**
 * Writes an HTML text as Markdown: its paragraphs, and its tables with captions above them. A table with spans or a nested table
 * stays HTML, which Markdown may contain.
 */
export const htmlToMarkdown = (html: string): string =>
	readBlocks(html)
		.map((block) => (typeof block === 'string' ? paragraph(block) : tableMarkdown(block)))
		.filter(Boolean)
		.join('\n\n');
