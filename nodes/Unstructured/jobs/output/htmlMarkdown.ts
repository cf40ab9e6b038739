import { readBlocks, type HtmlTable } from './htmlTables';
import { paragraph } from './paragraph';

/** More cells than this are not filled up to the width of the widest row. */
const MOST_CELLS = 1_000_000;

/** A backslash before a bar would take away the bar's own. */
const escapeBars = (text: string) =>
	text.replace(/\\+\|?|\|/g, (run) =>
		run.endsWith('|') ? `${run.slice(0, -1).repeat(2)}\\|` : run,
	);

/** Markdown ends a piece of HTML at a blank line. */
const withoutBlankLines = (html: string) => html.replace(/\n\s*\n/g, '\n');

/** A table as Markdown, its caption above it; HTML where Markdown cannot say it. */
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
 * An HTML text as Markdown: its paragraphs and its tables, captions above them. A table whose cells span or that has
 * another one in it stays HTML: Markdown can't say it, but may contain it.
 */
export const htmlToMarkdown = (html: string): string =>
	readBlocks(html)
		.map((block) => (typeof block === 'string' ? paragraph(block) : tableMarkdown(block)))
		.filter(Boolean)
		.join('\n\n');
