import type { IDataObject } from 'n8n-workflow';

const ENTITIES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

/** One pass, so that `&amp;lt;` stays `&lt;`. */
const decode = (html: string) =>
	html.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
		if (name) return Object.hasOwn(ENTITIES, name as string) ? ENTITIES[name as string]! : whole;
		const code = decimal ? Number(decimal) : parseInt(hex as string, 16);
		return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});

const cellText = (html: string) =>
	decode(html.replace(/<br\s*\/?>/gi, ' ').replace(/<[^>]*>/g, ''))
		.replace(/\s+/g, ' ')
		.replace(/\|/g, '\\|')
		.trim();

/** An HTML table as a Markdown one; as it is when cells span or tables nest, which Markdown can't say but may contain. */
function table(html: string): string {
	if (/(col|row)span/i.test(html) || (html.match(/<table/gi)?.length ?? 0) > 1) return html;
	const rows = [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/gi)].map(([, row = '']) =>
		[...row.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/gi)].map(([, cell = '']) => cellText(cell)),
	);
	const width = Math.max(0, ...rows.map((row) => row.length));
	if (width === 0) return html;
	const line = (cells: string[]) =>
		`| ${Array.from({ length: width }, (_, i) => cells[i] ?? '').join(' | ')} |`;
	const [head = [], ...body] = rows;
	return [line(head), line(Array<string>(width).fill('---')), ...body.map(line)].join('\n');
}

const heading = (text: string, depth: unknown) => {
	const level = Math.min(6, Math.max(1, Number.isInteger(depth) ? Number(depth) + 1 : 1));
	return `${'#'.repeat(level)} ${text.replace(/\s+/g, ' ')}`;
};

/** Text that stays text: a line may begin with what would make it a heading, a list, a quote, a line or code. */
const paragraph = (text: string) =>
	text.replace(
		/^(\s*)(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|```|~~~|(?:-{2,}|=+)\s*$|(?:[-*_][ \t]*){3,}$)/gm,
		'$1\\',
	);

function code(text: string) {
	const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence}\n${text}\n${fence}`;
}

const BULLET = /^[-*+\u2022\u25cf\u25e6\u25aa\u00b7]\s+/;
const NUMBER = /^\d{1,9}[.)]\s/;

/** An item keeps the number that its text begins with; below one, a list takes four blanks. Its further lines belong to it when they are indented. */
function listItem(text: string, depth: number) {
	const line = NUMBER.test(text) ? text : `- ${text.replace(BULLET, '')}`;
	return line.replace(/\s*\n\s*/g, '\n  ').replace(/^/gm, '    '.repeat(depth));
}

function toMarkdown(element: IDataObject, listDepth: number): string {
	const raw = typeof element.text === 'string' ? element.text : '';
	const text = raw.trim();
	const metadata = (element.metadata ?? {}) as IDataObject;
	const html = metadata.text_as_html;
	switch (element.type) {
		case 'Title':
			return text && heading(text, metadata.category_depth);
		case 'ListItem':
			return text && listItem(text, listDepth);
		case 'Table':
			return typeof html === 'string' && html ? table(html) : paragraph(text);
		case 'CodeSnippet':
			return text && code(raw.replace(/^\s*\n|\s+$/g, ''));
		case 'PageBreak':
		case 'PageNumber':
			return '';
		default:
			return paragraph(text);
	}
}

function depthOf({ metadata }: IDataObject): number {
	const depth = (metadata as IDataObject | null | undefined)?.category_depth;
	return typeof depth === 'number' && depth > 0 ? depth : 0;
}

/** Joins the elements of a document, one after the other, into Markdown. */
export class MarkdownWriter {
	private text = '';

	/** How deep each list that is open lies in the document; empty outside of a list. */
	private lists: number[] = [];

	add(element: IDataObject) {
		const wasList = this.lists.length > 0;
		const isList = element.type === 'ListItem';
		// From the first item of a list on: it may begin at any depth, and four blanks too many would make it code.
		if (isList)
			this.lists = [...this.lists.filter((depth) => depth < depthOf(element)), depthOf(element)];
		const part = toMarkdown(element, this.lists.length - 1);
		if (!part) return;
		if (!isList) this.lists = [];
		this.text += `${this.text && (isList && wasList ? '\n' : '\n\n')}${part}`;
	}

	toString() {
		return this.text;
	}
}
