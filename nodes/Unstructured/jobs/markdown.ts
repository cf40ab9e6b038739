import type { IDataObject } from 'n8n-workflow';

const ENTITIES: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

const decode = (text: string) =>
	text
		.replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code) % 0x110000))
		.replace(/&(\w+);/g, (whole, name: string) =>
			Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : whole,
		);

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

function toMarkdown(element: IDataObject): string {
	const text = typeof element.text === 'string' ? element.text.trim() : '';
	const metadata = (element.metadata ?? {}) as IDataObject;
	const html = metadata.text_as_html;
	switch (element.type) {
		case 'Title':
			return text && heading(text, metadata.category_depth);
		case 'ListItem':
			return text && `- ${text}`;
		case 'Table':
			return typeof html === 'string' && html ? table(html) : text;
		case 'CodeSnippet':
			return text && `\`\`\`\n${text}\n\`\`\``;
		case 'PageBreak':
		case 'PageNumber':
			return '';
		default:
			return text;
	}
}

/** Joins the elements of a document, one after the other, into Markdown. */
export class MarkdownWriter {
	private text = '';

	private lastType: unknown;

	add(element: IDataObject) {
		const part = toMarkdown(element);
		if (!part) return;
		const isSameList = element.type === 'ListItem' && this.lastType === 'ListItem';
		this.text += `${this.text && (isSameList ? '\n' : '\n\n')}${part}`;
		this.lastType = element.type;
	}

	toString() {
		return this.text;
	}
}
