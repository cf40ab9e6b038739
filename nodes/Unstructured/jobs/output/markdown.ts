import type { IDataObject } from 'n8n-workflow';
import { htmlToMarkdown } from './htmlMarkdown';
import { paragraph } from './paragraph';
import { textWithTables } from './textWithTables';

const heading = (text: string, depth: unknown) => {
	const level = Math.min(6, Math.max(1, Number.isInteger(depth) ? Number(depth) + 1 : 1));
	return `${'#'.repeat(level)} ${text.replace(/\s+/g, ' ')}`;
};

function code(text: string, language = '') {
	const runs = text.match(/`+/g) ?? [];
	const longest = runs.reduce((most, { length }) => Math.max(most, length), 2);
	const fence = '`'.repeat(longest + 1);
	return `${fence}${language}\n${text}\n${fence}`;
}

const BULLET = /^[-*+\u2022\u25cf\u25e6\u25aa\u00b7]\s+/;
const NUMBER = /^\d{1,9}[.)]\s/;

/** Writes a list item. It keeps a number at its start. A nested list needs four spaces, and further lines of an item two. */
function listItem(text: string, depth: number) {
	const line = NUMBER.test(text) ? text : `- ${text.replace(BULLET, '')}`;
	const lines = line.split('\n').map((one) => one.trim());
	return lines.filter(Boolean).join('\n  ').replace(/^/gm, '    '.repeat(depth));
}

function toMarkdown(element: IDataObject, listDepth: number): string {
	const raw = typeof element.text === 'string' ? element.text : '';
	const text = raw.trim();
	const metadata = (element.metadata ?? {}) as IDataObject;
	const html = typeof metadata.text_as_html === 'string' ? metadata.text_as_html : '';
	switch (element.type) {
		case 'Title':
			return text && heading(text, metadata.category_depth);
		case 'ListItem':
			return text && listItem(text, listDepth);
		case 'Table':
		case 'TableChunk':
			return htmlToMarkdown(html) || paragraph(text);
		case 'CodeSnippet':
			return text && code(raw.trimEnd().replace(/^\s*\n/, ''));
		case 'PageBreak':
		case 'PageNumber':
			return '';
		default:
			return textWithTables(text, html);
	}
}

function depthOf({ metadata }: IDataObject): number {
	const depth = (metadata as IDataObject | null | undefined)?.category_depth;
	return typeof depth === 'number' && depth > 0 ? depth : 0;
}

/** Writes data as a JSON code block. */
export const dataBlock = (data: unknown) => code(JSON.stringify(data, null, 2), 'json');

/** Joins the elements of a document into Markdown. */
export class MarkdownWriter {
	private text = '';

	/** The depth of each open list in the document; empty outside of lists. */
	private lists: number[] = [];

	add(element: IDataObject) {
		const wasList = this.lists.length > 0;
		const isList = element.type === 'ListItem';
		// The depth counts from the first item of a list, which may begin at any depth: four extra spaces would make it code.
		if (isList)
			this.lists = [...this.lists.filter((depth) => depth < depthOf(element)), depthOf(element)];
		const part = toMarkdown(element, this.lists.length - 1);
		if (!part) return;
		if (!isList) this.lists = [];
		const space = this.text && (isList && wasList ? '\n' : '\n\n');
		// A join copies. V8 keeps the result of a replacement as a tree of its pieces, which takes many times as much.
		this.text += [space, part].join('');
	}

	/** Adds extracted data as a JSON code block. */
	addData(data: unknown) {
		this.lists = [];
		this.text += `${this.text && '\n\n'}${dataBlock(data)}`;
	}

	toString() {
		return this.text;
	}
}
