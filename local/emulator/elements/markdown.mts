import { marked } from 'marked';
import type { Parser } from './element.mjs';
import { parseHtml } from './html.mjs';

/** Reads Markdown by converting it to HTML. */
export const parseMarkdown: Parser = async (content) =>
	await parseHtml(Buffer.from(await marked.parse(content.toString('utf8'))));
