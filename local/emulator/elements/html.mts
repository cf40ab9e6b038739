import { load } from 'cheerio';
import type { Found, Parser } from './element.mjs';
import { image } from './image.mjs';
import { withEmptyCells } from './tableHtml.mjs';

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
	img: 'Image',
};

const DATA_URI = /^data:(image\/[\w.+-]+);base64,([A-Za-z0-9+/=\s]+)$/;

/** Reads an image whose content is in the page. The others are unknown. */
function inlineImage(source: string | undefined, text: string): Found | undefined {
	const [, mimeType, base64] = DATA_URI.exec(source ?? '') ?? [];
	return mimeType && base64 ? image(base64.replace(/\s/g, ''), mimeType, text) : undefined;
}

/** Reads the headings, paragraphs, list items, tables, code, and images of a page, in order. */
export const parseHtml: Parser = (content) => {
	const $ = load(content);
	const found: Found[] = [];
	$(Object.keys(TYPES).join(',')).each((_, node) => {
		const element = $(node);
		if (element.parents('table, li, pre').length > 0) return;
		const tag = String(element.prop('tagName')).toLowerCase();
		if (tag === 'img') {
			const inline = inlineImage(element.attr('src'), element.attr('alt') ?? '');
			if (inline) found.push(inline);
			return;
		}
		const text = element.text().replace(/\s+/g, ' ').trim();
		if (!text) return;
		const metadata: Record<string, unknown> = {};
		if (tag === 'table') metadata.text_as_html = withEmptyCells($.html(node));
		if (/^h\d$/.test(tag)) metadata.category_depth = Number(tag[1]) - 1;
		found.push({ type: TYPES[tag] ?? 'UncategorizedText', text, metadata });
	});
	return found;
};
