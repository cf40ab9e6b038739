import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ReceivedFile } from '../wire/receiveForm.mjs';
import { parseCsv } from './csv.mjs';
import { paragraphs, type Found, type Parser } from './element.mjs';
import { parseEmail } from './email.mjs';
import { parseHtml } from './html.mjs';
import { image, imageType } from './image.mjs';
import { parseMarkdown } from './markdown.mjs';
import { parsePdf } from './pdf.mjs';

const parseText: Parser = (content) => paragraphs(content.toString('utf8'));

const PARSERS: Record<string, Parser> = {
	'.txt': parseText,
	'.md': parseMarkdown,
	'.html': parseHtml,
	'.htm': parseHtml,
	'.csv': parseCsv,
	'.eml': parseEmail,
	'.pdf': parsePdf,
	'text/plain': parseText,
	'text/markdown': parseMarkdown,
	'text/html': parseHtml,
	'text/csv': parseCsv,
	'message/rfc822': parseEmail,
	'application/pdf': parsePdf,
};

/** Larger files are only described: uploads may have any size. */
const LARGEST_PARSED_BYTES = 32 * 1024 * 1024;

/** Returns the content of a file: an image, what its parser finds, or its name and size. @throws if it is broken */
export async function parseFile(file: ReceivedFile): Promise<Found[]> {
	const parser = PARSERS[extname(file.fileName).toLowerCase()] ?? PARSERS[file.contentType];
	const description = `${file.fileName}: ${file.size} bytes`;
	const described = { type: 'UncategorizedText', text: description };
	if (file.size > LARGEST_PARSED_BYTES) return [described];
	const content = await readFile(file.path);
	if (parser) return await parser(content);
	const mimeType = imageType(content);
	return [mimeType ? image(content.toString('base64'), mimeType, description) : described];
}

/** Returns why a file fails, in the words of its parser, for example if its extension is wrong. Null if it can be read. */
export async function failureOf(file: ReceivedFile): Promise<string | null> {
	try {
		await parseFile(file);
		return null;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
