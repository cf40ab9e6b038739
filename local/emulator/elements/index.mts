import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { ReceivedFile } from '../wire/receiveForm.mjs';
import { parseCsv } from './csv.mjs';
import { elementId, paragraphs, type Found, type Parser } from './element.mjs';
import { parseEmail } from './email.mjs';
import { parseHtml } from './html.mjs';
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

/** What is done with a file. */
export interface Step {
	type: string;
	settings?: Record<string, unknown> | null;
}

/** Larger files are described, not parsed: uploads may be of any size. */
const LARGEST_PARSED_BYTES = 32 * 1024 * 1024;
const EMBEDDING_LENGTH = 8;

async function find(file: ReceivedFile): Promise<Found[]> {
	const parser = PARSERS[extname(file.fileName).toLowerCase()] ?? PARSERS[file.contentType];
	const described = { type: 'UncategorizedText', text: `${file.fileName}: ${file.size} bytes` };
	if (!parser || file.size > LARGEST_PARSED_BYTES) return [described];
	return await parser(await readFile(file.path));
}

/** Why a file fails, in its parser's words, as when it is not what its name says; null when it is read well. */
export async function failureOf(file: ReceivedFile): Promise<string | null> {
	try {
		await find(file);
		return null;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** Numbers that depend on the text alone, between -1 and 1. */
const embedding = (id: string) =>
	Array.from(
		{ length: EMBEDDING_LENGTH },
		(_, i) => Math.round((parseInt(id.slice(i * 4, i * 4 + 4), 16) / 32767.5 - 1) * 1e6) / 1e6,
	);

/** The elements of a file that did not fail, as they are after these nodes of the workflow. */
export async function elementsOf(file: ReceivedFile, nodes: Step[]) {
	const after = (type: string) => nodes.some((node) => node.type === type);
	const found = await find(file);
	return found.map(({ type, text, metadata }, position) => {
		const id = elementId(text, position);
		return {
			type: after('chunk') ? 'CompositeElement' : type,
			element_id: id,
			text,
			metadata: {
				filename: file.fileName,
				filetype: file.contentType,
				languages: ['eng'],
				...metadata,
			},
			...(after('embed') && { embeddings: embedding(id) }),
		};
	});
}
