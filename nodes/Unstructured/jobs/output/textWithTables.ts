import { htmlToMarkdown, tableMarkdown } from './htmlMarkdown';
import { readTables, type HtmlTable } from './htmlTables';
import { readHtml } from './htmlTokens';
import { paragraph } from './paragraph';

const ignore = () => {};

/** Returns all text of an HTML text, its parts separated by spaces. */
function plainText(html: string): string {
	const pieces: string[] = [];
	readHtml(html, { text: (piece) => pieces.push(piece), startTag: ignore, endTag: ignore });
	return pieces.join(' ');
}

const hasText = ({ caption, rows }: HtmlTable) => caption !== '' || rows.flat().some(Boolean);

/** Removes the spaces of a text, to find text that is spaced differently. Also returns the original index of each character. */
function squeeze(text: string) {
	const indexes = [...text.matchAll(/\S/g)].map(({ index }) => index);
	return { characters: text.replace(/\s+/g, ''), indexes };
}

/** Replaces the words of each table with the table. Returns undefined unless every table is found in the text. */
function replaceTables(text: string, tables: HtmlTable[]): string | undefined {
	const { characters, indexes } = squeeze(text);
	const parts: string[] = [];
	let from = 0;
	for (const table of tables) {
		const words = plainText(table.html).replace(/\s+/g, '');
		const at = words ? characters.indexOf(words, from) : from;
		if (at === -1) return undefined;
		if (at > from) parts.push(paragraph(text.slice(indexes[from], indexes[at]).trim()));
		parts.push(tableMarkdown(table));
		from = at + words.length;
	}
	if (from < indexes.length) parts.push(paragraph(text.slice(indexes[from])));
	return parts.filter(Boolean).join('\n\n');
}

/**
 * Returns the Markdown of an element that may combine several, such as a chunk, whose HTML may contain only its tables. No text
 * is lost, even if the HTML uses other words.
 */
export function textWithTables(text: string, html: string): string {
	const tables = html.includes('<') ? readTables(html).filter(hasText) : [];
	if (tables.length === 0) return paragraph(text);
	const replaced = replaceTables(text, tables);
	if (replaced !== undefined) return replaced;
	const words = new Set(plainText(html).split(/\s+/));
	if (!text || text.split(/\s+/).every((word) => words.has(word))) return htmlToMarkdown(html);
	return [paragraph(text), ...tables.map(tableMarkdown)].join('\n\n');
}
