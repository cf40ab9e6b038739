import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Found, Parser } from './element.mjs';

/** Joins the lines of a page. Marked content has no text. */
function pageText(items: object[]): string {
	return items.map((item) => ('str' in item ? line(item) : '')).join('');
}

const line = ({ str, hasEOL }: { str?: unknown; hasEOL?: unknown }) =>
	`${String(str)}${hasEOL ? '\n' : ''}`;

/** Reads the text of a PDF page by page. */
export const parsePdf: Parser = async (content) => {
	const document = await getDocument({
		data: new Uint8Array(content),
		useSystemFonts: true,
		verbosity: VerbosityLevel.ERRORS,
	}).promise;
	const found: Found[] = [];
	for (let number = 1; number <= document.numPages; number++) {
		const page = await document.getPage(number);
		const { items } = await page.getTextContent();
		for (const row of pageText(items).split('\n')) {
			const text = row.trim();
			if (text) found.push({ type: 'NarrativeText', text, metadata: { page_number: number } });
		}
	}
	await document.destroy();
	return found;
};
