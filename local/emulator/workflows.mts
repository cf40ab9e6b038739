import { randomUUID } from 'node:crypto';
import { timestamp, type Clock } from './clock.mjs';

export interface WorkflowNode {
	id?: string | null;
	name: string;
	type: string;
	subtype: string;
	settings?: Record<string, unknown> | null;
}

export interface Workflow {
	id: string;
	name: string;
	sources: string[];
	destinations: string[];
	workflow_nodes: WorkflowNode[];
	status: string;
	workflow_type: string;
	schedule: { crontab_entries: Array<{ cron_expression: string }> } | null;
	reprocess_all: boolean;
	created_at: string;
	updated_at: string | null;
}

const PARTITION: WorkflowNode = {
	name: 'Partitioner',
	type: 'partition',
	subtype: 'vlm',
	settings: {},
};
const CHUNK: WorkflowNode = {
	name: 'Chunker',
	type: 'chunk',
	subtype: 'chunk_by_title',
	settings: { max_characters: 2048 },
};
const ENRICH: WorkflowNode = {
	name: 'Image descriptions',
	type: 'prompter',
	subtype: 'openai_image_description',
	settings: {},
};
const EMBED: WorkflowNode = {
	name: 'Embedder',
	type: 'embed',
	subtype: 'azure_openai',
	settings: { model_name: 'text-embedding-3-small' },
};

/** There from the start, with ids that examples and tests can rely on. */
export const SEEDED = {
	localFiles: 'f0a1b2c3-4d5e-4f7a-8b9c-0d1e2f3a4b5c',
	localFilesWithEmbeddings: 'f0a1b2c3-4d5e-4f7a-8b9c-0d1e2f3a4b5d',
	bucketToPinecone: 'f0a1b2c3-4d5e-4f7a-8b9c-0d1e2f3a4b5e',
} as const;

const SEEDS: Array<Partial<Workflow>> = [
	{ id: SEEDED.localFiles, name: 'Local files to elements', workflow_nodes: [PARTITION] },
	{
		id: SEEDED.localFilesWithEmbeddings,
		name: 'Local files to chunks with embeddings',
		workflow_nodes: [PARTITION, ENRICH, CHUNK, EMBED],
	},
	{
		id: SEEDED.bucketToPinecone,
		name: 'Bucket to Pinecone',
		sources: ['5f5b5a5e-3c3d-4e4f-8a8b-9c9d0e0f1a1b'],
		destinations: ['6a6b6c6d-7e7f-4a4b-8c8d-1e1f2a2b3c3d'],
		workflow_nodes: [PARTITION, CHUNK, EMBED],
	},
];

/** All workflows, in the order in which they were made. */
export class Workflows {
	private readonly workflows = new Map<string, Workflow>();

	constructor(private readonly clock: Clock) {
		this.reset();
	}

	reset() {
		this.workflows.clear();
		for (const seed of SEEDS) this.create(seed);
	}

	create(given: Partial<Workflow>): Workflow {
		const workflow: Workflow = {
			id: randomUUID(),
			name: 'Workflow',
			sources: [],
			destinations: [],
			workflow_nodes: [PARTITION],
			status: 'active',
			workflow_type: 'custom',
			schedule: null,
			reprocess_all: false,
			created_at: timestamp(this.clock.now()),
			updated_at: null,
			...given,
		};
		this.workflows.set(workflow.id, workflow);
		return workflow;
	}

	get(id: string) {
		return this.workflows.get(id);
	}

	update(workflow: Workflow, changes: Partial<Workflow>) {
		return Object.assign(workflow, changes, { updated_at: timestamp(this.clock.now()) });
	}

	delete(id: string) {
		return this.workflows.delete(id);
	}

	list(): Workflow[] {
		return [...this.workflows.values()];
	}
}
