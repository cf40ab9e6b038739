import type { IDataObject } from 'n8n-workflow';

/** Chooses a strategy for each page: the platform's own "Auto" (docs/api-notes.md 6.5). */
const PARTITIONER = {
	name: 'Partitioner',
	type: 'partition',
	subtype: 'vlm',
	settings: { is_dynamic: true, allow_fast: true },
};

/** Nodes that turn files into elements, joined to chunks of at most `maxCharacters` if a strategy is given. */
export const partitionNodes = (chunking?: {
	strategy: string;
	maxCharacters?: number;
}): IDataObject[] => [
	PARTITIONER,
	...(chunking
		? [
				{
					name: 'Chunker',
					type: 'chunk',
					subtype: chunking.strategy,
					settings: chunking.maxCharacters ? { max_characters: chunking.maxCharacters } : {},
				},
			]
		: []),
];

/** The settings for extracting the values of a schema from files. */
export interface Extraction {
	/** A strict JSON Schema. */
	schema: IDataObject;
	/** The instructions. Empty for none. */
	guidance: string;
	provider: string;
	model: string;
	/** Whether the elements of the file follow the extracted data. */
	includeText: boolean;
}

/** Nodes that extract the values of a schema (docs/api-notes.md 6.7). */
export const extractionNodes = ({
	schema,
	guidance,
	provider,
	model,
	includeText,
}: Extraction): IDataObject[] => [
	PARTITIONER,
	{
		name: 'Extractor',
		type: 'structured_data_extractor',
		subtype: 'llm',
		settings: {
			schema_to_extract: {
				json_schema: JSON.stringify(schema),
				...(guidance && { extraction_guidance: guidance }),
			},
			provider,
			model,
			...(!includeText && { output_mode: 'extracted_data_only' }),
		},
	},
];
