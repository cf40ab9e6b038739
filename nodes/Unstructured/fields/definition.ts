import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { parseJson } from '../items/values';
import { isRecord } from '../transport/json';
import { parametersOf } from './parameters';
import { refuseMask } from './showSecrets';
import { templateId, templateLocator } from './template';

/** The definition of the processing: a template, or a list of nodes. */
export type Definition = { template: string } | { nodes: unknown[] };

/** Nodes as JSON. `name` is the name of the parameter, which the API calls differently for jobs and for workflows. */
export const nodesField = (name: string): INodeProperties => ({
	displayName: 'Nodes',
	name,
	type: 'json',
	default:
		'[\n  {\n    "name": "Partitioner",\n    "type": "partition",\n    "subtype": "vlm",\n    "settings": { "is_dynamic": true, "allow_fast": true }\n  }\n]',
	description:
		'A JSON array of the nodes in their order: partition, enrichments, chunk, embed. Each has a name, a type, and a subtype, and may have settings.',
});

const kindField: INodeProperties = {
	displayName: 'Run With',
	name: 'definition',
	type: 'options',
	noDataExpression: true,
	default: 'template',
	options: [
		{ name: 'Nodes (JSON)', value: 'nodes', description: 'Your own list of nodes' },
		{
			name: 'Template',
			value: 'template',
			description: 'A predefined workflow from Unstructured',
		},
	],
	description: 'What to process the files with',
};

/** Chooses between a template and nodes. `changes` apply to the choice itself. */
export const definitionFields = (
	nodesName: string,
	changes: Partial<INodeProperties> = {},
): INodeProperties[] => [
	{ ...kindField, ...changes },
	{ ...templateLocator, displayOptions: { show: { definition: ['template'] } } },
	{
		...nodesField(nodesName),
		required: true,
		displayOptions: { show: { definition: ['nodes'] } },
	},
];

/** Reads the nodes from a value. Throws a NodeOperationError that names the invalid node. */
export function readNodes(ctx: IExecuteFunctions, itemIndex: number, value: unknown): unknown[] {
	const parsed = parseNodes(value);
	if ('nodes' in parsed) {
		refuseMask(ctx, itemIndex, 'Nodes', parsed.nodes, 'Workflow: Get');
		return parsed.nodes;
	}
	throw new NodeOperationError(ctx.getNode(), `'Nodes' is not a list of nodes: ${parsed.reason}`, {
		itemIndex,
		description:
			'Enter a JSON array like [{"name": "Partitioner", "type": "partition", "subtype": "vlm"}].',
	});
}

/** Reads the choice. Throws a NodeOperationError for this item if it can't be used. */
export function readDefinition(
	ctx: IExecuteFunctions,
	itemIndex: number,
	nodesName: string,
): Definition {
	const parameters = parametersOf(ctx, itemIndex);
	if (parameters.choice(kindField) === 'template') return { template: templateId(ctx, itemIndex) };
	return { nodes: readNodes(ctx, itemIndex, parameters.value(nodesField(nodesName))) };
}

/** Explains why a value is not a node. Undefined if it is one. */
function flaw(node: unknown): string | undefined {
	const named = (key: string) =>
		isRecord(node) && typeof node[key] === 'string' && node[key] !== '';
	if (!['name', 'type', 'subtype'].every(named)) return 'needs a name, a type, and a subtype';
	const { settings } = node as Record<string, unknown>;
	const hasSettings = settings !== undefined && settings !== null;
	return hasSettings && !isRecord(settings) ? 'has settings that are not an object' : undefined;
}

/** Finds the list, even inside a complete object copied from the documentation or a workflow. */
function listIn(value: unknown): unknown {
	if (!isRecord(value)) return value;
	return value.job_nodes ?? value.workflow_nodes ?? value.nodes ?? value;
}

/**
 * Reads the nodes of a workflow from a JSON parameter: text, or the result of an expression. Only the shape is checked:
 * Unstructured checks types and settings (docs/api-notes.md 4.1).
 */
export function parseNodes(value: unknown): { nodes: unknown[] } | { reason: string } {
	const parsed = parseJson(value);
	if ('reason' in parsed) return parsed;
	const nodes = listIn(parsed.json);
	if (!Array.isArray(nodes) || nodes.length === 0)
		return { reason: 'there is no array with nodes' };
	const flaws = nodes.map(flaw);
	const wrong = flaws.findIndex((one) => one !== undefined);
	if (wrong === -1) return { nodes };
	return { reason: `node ${wrong + 1} ${flaws[wrong]}` };
}
