import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { parseJson } from '../items/values';
import { isRecord } from '../transport/json';
import { parametersOf } from './parameters';
import { refuseMask } from './showSecrets';
import { templateId, templateLocator } from './template';

/** What is done with files: a template, or a list of nodes. */
export type Definition = { template: string } | { nodes: unknown[] };

/** Nodes as JSON. `name` is the parameter's; the API calls them differently for jobs and for workflows. */
export const nodesField = (name: string): INodeProperties => ({
	displayName: 'Nodes',
	name,
	type: 'json',
	default:
		'[\n  {\n    "name": "Partitioner",\n    "type": "partition",\n    "subtype": "vlm",\n    "settings": { "is_dynamic": true, "allow_fast": true }\n  }\n]',
	description:
		'A JSON array of the nodes in their order: partition, then enrichments, then chunk, then embed. Each has a name, type and subtype, and may have settings.',
});

const kindField: INodeProperties = {
	displayName: 'Definition',
	name: 'definition',
	type: 'options',
	noDataExpression: true,
	default: 'template',
	options: [
		{ name: 'Nodes (JSON)', value: 'nodes', description: 'The nodes of a workflow as JSON' },
		{
			name: 'Template',
			value: 'template',
			description: 'A workflow that Unstructured keeps ready',
		},
	],
	description: 'How to say what is done with the files',
};

/** Chooses between a template and nodes. */
export const definitionFields = (nodesName: string): INodeProperties[] => [
	kindField,
	{ ...templateLocator, displayOptions: { show: { definition: ['template'] } } },
	{
		...nodesField(nodesName),
		required: true,
		displayOptions: { show: { definition: ['nodes'] } },
	},
];

/** The nodes that a value holds. Throws a NodeOperationError that says which of them is wrong. */
export function readNodes(ctx: IExecuteFunctions, itemIndex: number, value: unknown): unknown[] {
	const parsed = parseNodes(value);
	if ('nodes' in parsed) {
		refuseMask(ctx, itemIndex, 'Nodes', parsed.nodes, 'Workflow: Get');
		return parsed.nodes;
	}
	throw new NodeOperationError(ctx.getNode(), `'Nodes' is not a list of nodes: ${parsed.reason}`, {
		itemIndex,
		description:
			'It must be a JSON array like [{"name": "Partitioner", "type": "partition", "subtype": "vlm"}]',
	});
}

/** What the person chose. Throws a NodeOperationError for this item when it can't be used. */
export function readDefinition(
	ctx: IExecuteFunctions,
	itemIndex: number,
	nodesName: string,
): Definition {
	const parameters = parametersOf(ctx, itemIndex);
	if (parameters.choice(kindField) === 'template') return { template: templateId(ctx, itemIndex) };
	return { nodes: readNodes(ctx, itemIndex, parameters.value(nodesField(nodesName))) };
}

/** What keeps a value from being a node; undefined when nothing does. */
function flaw(node: unknown): string | undefined {
	const named = (key: string) =>
		isRecord(node) && typeof node[key] === 'string' && node[key] !== '';
	if (!['name', 'type', 'subtype'].every(named)) return 'needs a name, a type and a subtype';
	const { settings } = node as Record<string, unknown>;
	const hasSettings = settings !== undefined && settings !== null;
	return hasSettings && !isRecord(settings) ? 'has settings that are not an object' : undefined;
}

/** The list, also from inside an object that was copied whole from the documentation or from a workflow. */
function listIn(value: unknown): unknown {
	if (!isRecord(value)) return value;
	return value.job_nodes ?? value.workflow_nodes ?? value.nodes ?? value;
}

/**
 * Reads the nodes of a workflow from a JSON parameter: text, or what an expression gave. Types and settings are the
 * platform's affair; only the shape is checked (docs/api-notes.md 4.1).
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
