import { elementId, type Found } from './element.mjs';
import { parseSchema, typesOf, type Schema } from './schema.mjs';

/** The shapes of an extractor's output (docs/api-notes.md 9.2). */
export const EXTRACTED_SHAPES = [
	'element',
	'elementFirst',
	'object',
	'wrapped',
	'nothing',
] as const;

export type ExtractedShape = (typeof EXTRACTED_SHAPES)[number];

/** The settings of an extractor node. */
export interface Extractor {
	schema_to_extract?: { json_schema?: unknown; extraction_guidance?: unknown };
	output_mode?: string;
}

interface DocumentData extends Found {
	element_id: string;
}

type Extracted =
	| { first?: undefined; data: Record<string, unknown> }
	| { first: DocumentData[]; alone: boolean };

const words = (name: string) =>
	name
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replace(/[_\s-]+/g, ' ')
		.trim()
		.toLowerCase();

/** Returns the text after a label: for `invoice_number`, the rest of `Invoice number: 17`. */
function labelled(name: string, lines: string[]): string | undefined {
	for (const line of lines) {
		const [, label = '', value = ''] = /^([^:]{1,80}):\s*(.+)$/.exec(line.trim()) ?? [];
		if (words(label) === words(name)) return value.trim();
	}
	return undefined;
}

function numberIn(text: string | undefined): number | undefined {
	const [found] = /-?\d[\d,]*(\.\d+)?/.exec(text ?? '') ?? [];
	return found === undefined ? undefined : Number(found.replace(/,/g, ''));
}

/** Returns a value for a part of the schema: from the text, or null if that is allowed, or an example. */
function valueFor(schema: Schema, name: string, lines: string[]): unknown {
	const types = typesOf(schema);
	const said = labelled(name, lines);
	const options = schema.anyOf ?? [];
	if (options.length > 0) {
		const isNull = (one: Schema) => typesOf(one).includes('null');
		const other = options.find((one) => !isNull(one)) ?? {};
		const isLeaf = !other.properties && !other.items;
		if (isLeaf && said === undefined && options.some(isNull)) return null;
		return valueFor(other, name, lines);
	}
	if (types.includes('object')) {
		return Object.fromEntries(
			Object.entries(schema.properties ?? {}).map(([key, one]) => [key, valueFor(one, key, lines)]),
		);
	}
	if (types.includes('array')) return [valueFor(schema.items ?? {}, name, lines)];
	if (said === undefined && types.includes('null')) return null;
	if (schema.enum) return schema.enum.find((one) => one === said) ?? schema.enum[0];
	if (types.includes('integer')) return Math.round(numberIn(said) ?? 1);
	if (types.includes('number')) return numberIn(said) ?? 1;
	if (types.includes('boolean')) return said === undefined || /^(true|yes|1)$/i.test(said);
	return said ?? words(name);
}

/** Returns the shape that a node's `output_mode` selects. */
const shapeOf = ({ output_mode: mode }: Extractor): ExtractedShape =>
	mode === 'extracted_data_only' ? 'element' : 'elementFirst';

/**
 * Extracts the data of a file like an extractor node.
 * @param found the elements of the file
 * @param forced a shape instead of the node's `output_mode`
 * @returns an object that is the whole output, or elements to add before the others or to replace them
 */
export function extract(
	found: Found[],
	settings: Extractor,
	forced: ExtractedShape | null,
): Extracted {
	const shape = forced ?? shapeOf(settings);
	const { json_schema: schema, extraction_guidance: guidance } = settings.schema_to_extract ?? {};
	const lines = found.flatMap(({ text }) => text.split('\n'));
	// Without a schema, the platform creates one from the guidance.
	const data =
		schema === undefined
			? { summary: String(guidance) }
			: (valueFor(parseSchema(schema), '', lines) as Record<string, unknown>);
	if (shape === 'object') return { data };
	if (shape === 'wrapped') return { data: { extracted_data: data } };
	const element = {
		type: 'DocumentData',
		element_id: elementId('', 0),
		text: '',
		metadata: { extracted_data: data },
	};
	const alone = shape === 'element' || (shape === 'nothing' && shapeOf(settings) === 'element');
	return { first: shape === 'nothing' ? [] : [element], alone };
}
