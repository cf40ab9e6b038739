const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const escape = (text: string) => text.replace(/[&<>]/g, (character) => ENTITIES[character]);

/** Rows of texts as HTML; an empty cell is `<td/>`, as the platform writes it (docs/api-notes.md 9.3). */
export function tableHtml(rows: string[][]): string {
	const cell = (text: string) => (text === '' ? '<td/>' : `<td>${escape(text)}</td>`);
	return `<table>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</table>`;
}

/** The same of HTML that there is; attributes such as spans stay. */
export const withEmptyCells = (html: string) =>
	html.replace(/<(t[dh])([^<>]*)>\s*<\/\1>/g, '<$1$2/>');
