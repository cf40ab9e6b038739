import { load } from 'cheerio';
import type { Found } from './element.mjs';
import { withEmptyCells } from './tableHtml.mjs';

/** The settings of a chunk node that the emulator knows. The platform has more. */
interface Settings {
	max_characters?: number;
	new_after_n_chars?: number;
}

/** The default of the platform. */
const MAX_CHARACTERS = 500;
const BETWEEN = '\n\n';

/** Splits a text into pieces of at most `max` characters, at spaces if possible. */
function pieces(text: string, max: number): string[] {
	const found: string[] = [];
	let rest = text;
	while (rest.length > max) {
		const blank = rest.lastIndexOf(' ', max);
		const end = blank > 0 ? blank : max;
		found.push(rest.slice(0, end));
		rest = rest.slice(end).trimStart();
	}
	return [...found, rest];
}

/** Returns the metadata of a chunk. The page and similar values come from its first element. */
function joined(elements: Found[]): Found {
	const metadata = { ...elements[0].metadata };
	delete metadata.image_base64;
	delete metadata.image_mime_type;
	return {
		type: 'CompositeElement',
		text: elements.map(({ text }) => text).join(BETWEEN),
		metadata,
	};
}

/** Keeps a table separate: as a whole, or in rows that fit. Each piece is a table of its own. */
function chunkTable(table: Found, max: number): Found[] {
	if (table.text.length <= max) return [{ ...table, type: 'CompositeElement' }];
	const $ = load(table.metadata?.text_as_html as string);
	const chunks: Found[] = [];
	let rows: Array<{ text: string; html: string }> = [];
	const length = () => rows.reduce((sum, { text }) => sum + text.length + 1, -1);
	const close = () => {
		if (rows.length === 0) return;
		chunks.push({
			type: 'TableChunk',
			text: rows.map(({ text }) => text).join('\n'),
			metadata: {
				...table.metadata,
				text_as_html: `<table>${rows.map(({ html }) => html).join('')}</table>`,
			},
		});
		rows = [];
	};
	$('tr').each((_, node) => {
		const cells = $(node)
			.find('td, th')
			.map((_index, cell) => $(cell).text().replace(/\s+/g, ' ').trim())
			.get();
		rows.push({ text: cells.join(' ').slice(0, max), html: withEmptyCells($.html(node)) });
		if (length() <= max) return;
		const last = rows.pop()!;
		close();
		rows.push(last);
	});
	close();
	return chunks;
}

/** Whether an element starts a new chunk even if the current one has room. */
function begins(subtype: string, element: Found, before: Found): boolean {
	if (subtype === 'chunk_by_title') return element.type === 'Title';
	return (
		subtype === 'chunk_by_page' && element.metadata?.page_number !== before.metadata?.page_number
	);
}

/**
 * Chunks elements like a chunk node: no text is longer than its `max_characters`.
 * @param subtype for example `chunk_by_title`. For one without a rule here, only the length decides
 */
export function chunk(elements: Found[], subtype: string, settings: Settings = {}): Found[] {
	const max = settings.max_characters ?? MAX_CHARACTERS;
	const soft = Math.min(settings.new_after_n_chars ?? max, max);
	const chunks: Found[] = [];
	let open: Found[] = [];
	const close = () => {
		if (open.length > 0) chunks.push(joined(open));
		open = [];
	};
	const length = () => open.reduce((sum, { text }) => sum + text.length + BETWEEN.length, 0);
	for (const element of elements) {
		const last = open.at(-1);
		if (last && begins(subtype, element, last)) close();
		if (element.type === 'Table') {
			close();
			chunks.push(...chunkTable(element, max));
			continue;
		}
		for (const text of pieces(element.text, max)) {
			if (open.length > 0 && (length() + text.length > max || length() >= soft)) close();
			open.push({ ...element, text });
		}
	}
	close();
	return chunks;
}
