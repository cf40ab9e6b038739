import { withIds, type IdentifiedNode, type WorkflowNode } from './nodes.mjs';

export interface Template {
	id: string;
	name: string;
	description: string;
	version: string;
	last_updated: string;
	nodes: IdentifiedNode[];
}

const node = (name: string, type: string, subtype: string): WorkflowNode => ({
	name,
	type,
	subtype,
	settings: {},
});

const template = (nodes: WorkflowNode[], rest: Omit<Template, 'nodes'>): Template => ({
	...rest,
	nodes: withIds(rest.id, nodes),
});

/** The two known templates (docs/api-notes.md 6.6). */
export const TEMPLATES: Template[] = [
	template([node('Partitioner', 'partition', 'unstructured_api')], {
		id: 'hi_res_partition',
		name: 'High Res Partition',
		description: 'Partitions documents with the high-resolution strategy',
		version: '1.0.0',
		last_updated: '2026-01-01T00:00:00.000000',
	}),
	template(
		[
			node('Partitioner', 'partition', 'unstructured_api'),
			node('Image descriptions', 'prompter', 'openai_image_description'),
			node('OCR', 'prompter', 'anthropic_ocr'),
			node('Tables', 'prompter', 'anthropic_table2html'),
		],
		{
			id: 'hi_res_and_enrichment',
			name: 'High Res and Enrichment',
			description: 'Partitions documents, then describes images and reads tables',
			version: '1.0.0',
			last_updated: '2026-01-01T00:00:00.000000',
		},
	),
];
