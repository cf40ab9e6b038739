import { marked } from 'marked';
import type { Parser } from './element.mjs';
import { parseHtml } from './html.mjs';

/** Markdown by way of the HTML that it stands for. */
export const parseMarkdown: Parser = async (content) =>
	await parseHtml(Buffer.from(await marked.parse(content.toString('utf8'))));
