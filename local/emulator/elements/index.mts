import type { ReceivedFile } from '../wire/receiveForm.mjs';
import { chunk } from './chunk.mjs';
import { elementId, type Found } from './element.mjs';
import { extract, type ExtractedShape } from './extract.mjs';
import { parseFile } from './parseFile.mjs';

/** A node of a workflow, as far as it processes files. */
export interface Step {
	type: string;
	subtype: string;
	settings?: Record<string, unknown> | null;
}

const EMBEDDING_LENGTH = 8;

/** Returns numbers between -1 and 1 that depend only on the text. */
const embedding = (id: string) =>
	Array.from(
		{ length: EMBEDDING_LENGTH },
		(_, i) => Math.round((parseInt(id.slice(i * 4, i * 4 + 4), 16) / 32767.5 - 1) * 1e6) / 1e6,
	);

/**
 * Returns the output of a file that did not fail, after these nodes of the workflow.
 * @param shape of extracted data instead of the one in the extractor node. Null to follow the node
 * @returns a list of elements. For some extractors, one object
 */
export async function outputOf(file: ReceivedFile, nodes: Step[], shape: ExtractedShape | null) {
	const step = (type: string) => nodes.findLast((node) => node.type === type);
	const common = { filename: file.fileName, filetype: file.contentType, languages: ['eng'] };
	const toElement = ({ type, text, metadata }: Found, position: number) => {
		const id = elementId(text, position);
		return {
			type,
			element_id: id,
			text,
			metadata: { ...common, ...metadata },
			...(step('embed') && { embeddings: embedding(id) }),
		};
	};
	const found = await parseFile(file);
	const chunker = step('chunk');
	const parts = chunker ? chunk(found, chunker.subtype, chunker.settings ?? {}) : found;
	const elements = parts.map(toElement);
	const extractor = step('structured_data_extractor');
	if (!extractor) return elements;
	const extracted = extract(found, extractor.settings ?? {}, shape);
	if (!extracted.first) return extracted.data;
	const { first, alone } = extracted;
	return [
		...first.map((one) => ({ ...one, metadata: { ...common, ...one.metadata } })),
		...(alone ? [] : elements),
	];
}
