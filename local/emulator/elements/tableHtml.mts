const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const escape = (text: string) => text.replace(/[&<>]/g, (character) => ENTITIES[character]);

/** Converts rows of texts to HTML. An empty cell is `<td/>`, like on the platform (docs/api-notes.md 9.3). */
export function tableHtml(rows: string[][]): string {
	const cell = (text: string) => (text === '' ? '<td/>' : `<td>${escape(text)}</td>`);
	return `<table>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</table>`;
}

/** Converts existing HTML in the same way. Attributes such as spans stay. */
export const withEmptyCells = (html: string) =>
	html.replace(/<(t[dh])([^<>]*)>\s*<\/\1>/g, '<$1$2/>');
