import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { templateId, templateLocator } from './locators';
import { parseNodes } from './workflowNodes';

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

/** Chooses between a template and nodes. */
export const definitionFields = (nodesName: string): INodeProperties[] => [
	{
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
	},
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
	if ('nodes' in parsed) return parsed.nodes;
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
	const kind = ctx.getNodeParameter('definition', itemIndex, 'template');
	if (kind === 'template') return { template: templateId(ctx, itemIndex) };
	return { nodes: readNodes(ctx, itemIndex, ctx.getNodeParameter(nodesName, itemIndex, '')) };
}
