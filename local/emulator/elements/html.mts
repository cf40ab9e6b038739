import { load } from 'cheerio';
import type { Found, Parser } from './element.mjs';

const TYPES: Record<string, string> = {
	h1: 'Title',
	h2: 'Title',
	h3: 'Title',
	h4: 'Title',
	h5: 'Title',
	h6: 'Title',
	p: 'NarrativeText',
	li: 'ListItem',
	pre: 'CodeSnippet',
	table: 'Table',
	figcaption: 'FigureCaption',
};

/** Headings, paragraphs, list items, tables and code of a page, in order. */
export const parseHtml: Parser = (content) => {
	const $ = load(content);
	const found: Found[] = [];
	$(Object.keys(TYPES).join(',')).each((_, node) => {
		const element = $(node);
		if (element.parents('table, li, pre').length > 0) return;
		const tag = String(element.prop('tagName')).toLowerCase();
		const text = element.text().replace(/\s+/g, ' ').trim();
		if (!text) return;
		const metadata: Record<string, unknown> = {};
		if (tag === 'table') metadata.text_as_html = $.html(node);
		if (/^h\d$/.test(tag)) metadata.category_depth = Number(tag[1]) - 1;
		found.push({ type: TYPES[tag] ?? 'UncategorizedText', text, metadata });
	});
	return found;
};
