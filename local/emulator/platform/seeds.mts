import type { GivenConnector } from './connectors.mjs';
import { PARTITION, type WorkflowNode } from './nodes.mjs';
import type { GivenWorkflow } from './workflows.mjs';

const node = (
	name: string,
	type: string,
	subtype: string,
	settings: Record<string, unknown> = {},
): WorkflowNode => ({ name, type, subtype, settings });

const CHUNK = node('Chunker', 'chunk', 'chunk_by_title', { max_characters: 2048 });
const ENRICH = node('Image descriptions', 'prompter', 'openai_image_description');
const EMBED = node('Embedder', 'embed', 'azure_openai', { model_name: 'text-embedding-3-small' });

/** Workflows and connectors that exist from the start, with IDs that examples and tests use. */
export const SEEDED = {
	localFiles: 'f0a1b2c3-4d5e-4f7a-8b9c-0d1e2f3a4b5c',
	localFilesWithEmbeddings: 'f0a1b2c3-4d5e-4f7a-8b9c-0d1e2f3a4b5d',
	bucketToPinecone: 'f0a1b2c3-4d5e-4f7a-8b9c-0d1e2f3a4b5e',
	/** The source and the destination of the last workflow. */
	bucket: '5f5b5a5e-3c3d-4e4f-8a8b-9c9d0e0f1a1b',
	pinecone: '6a6b6c6d-7e7f-4a4b-8c8d-1e1f2a2b3c3d',
} as const;

export const SOURCE_SEEDS: GivenConnector[] = [
	{
		id: SEEDED.bucket,
		name: 'Bucket',
		type: 's3',
		config: { remote_url: 's3://example-bucket/documents/', anonymous: true, recursive: true },
	},
];

export const DESTINATION_SEEDS: GivenConnector[] = [
	{
		id: SEEDED.pinecone,
		name: 'Pinecone',
		type: 'pinecone',
		config: { index_name: 'documents', api_key: 'a-key-of-pinecone', batch_size: 50 },
	},
];

export const WORKFLOW_SEEDS: GivenWorkflow[] = [
	{ id: SEEDED.localFiles, name: 'Local files to elements', workflow_nodes: [PARTITION] },
	{
		id: SEEDED.localFilesWithEmbeddings,
		name: 'Local files to chunks with embeddings',
		workflow_nodes: [PARTITION, ENRICH, CHUNK, EMBED],
	},
	{
		id: SEEDED.bucketToPinecone,
		name: 'Bucket to Pinecone',
		sources: [SEEDED.bucket],
		destinations: [SEEDED.pinecone],
		workflow_nodes: [PARTITION, CHUNK, EMBED],
	},
];
