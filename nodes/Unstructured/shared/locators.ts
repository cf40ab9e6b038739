import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { isRecord } from '../transport/errors';

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** The id behind the last `workflow…/` of an address, else the first id in it. */
const WORKFLOW_URL = `^https?:\\/\\/(?:.*workflows?[^/=]*[/=])?.*?(${UUID})`;

/** Chooses a workflow: from the list, by ID, or by the address of its page in Unstructured. */
export const workflowLocator: INodeProperties = {
	displayName: 'Workflow',
	name: 'workflowId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		"The Unstructured workflow. By ID: its UUID, as 'Workflow: Get Many' gives it. By URL: the address of its page.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a workflow...',
			typeOptions: { searchListMethod: 'searchWorkflows', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. f0a1b2c3-4d5e-6f7a-8b9c-0d1e2f3a4b5c',
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://platform.unstructured.io/workflows/f0a1b2c3-…',
			extractValue: { type: 'regex', regex: WORKFLOW_URL },
			validation: [
				{
					type: 'regex',
					properties: {
						regex: `${WORKFLOW_URL}.*$`,
						errorMessage:
							'Not the address of a workflow. Open the workflow in Unstructured and copy the address from the browser',
					},
				},
			],
		},
	],
};

/** The chosen workflow's id. Throws a NodeOperationError for this item when there is none. */
export function workflowId(ctx: IExecuteFunctions, itemIndex: number): string {
	const noWorkflow = (message: string) =>
		new NodeOperationError(ctx.getNode(), message, {
			itemIndex,
			description:
				"Select one in 'Workflow', or enter its ID or the address of its page in Unstructured. If an expression is used, check what it gives for this item",
		});
	let value: unknown;
	try {
		value = ctx.getNodeParameter('workflowId', itemIndex, '', { extractValue: true });
	} catch (error) {
		const { mode } = (ctx.getNode().parameters.workflowId ?? {}) as { mode?: string };
		if (mode !== 'url') throw error as NodeOperationError;
		throw noWorkflow("'Workflow' does not hold the address of a workflow");
	}
	const id = locatorText(value);
	if (!id) throw noWorkflow('No workflow is chosen');
	return id;
}

/** The text of a locator, which n8n gives whole where it stands in a collection. Empty when nothing is chosen. */
export function locatorText(given: unknown): string {
	const value = isRecord(given) ? given.value : given;
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** Chooses a template: from the list, or by ID. */
export const templateLocator: INodeProperties = {
	displayName: 'Template',
	name: 'templateId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		"The Unstructured template. By ID: its name for the API, as 'Template: Get Many' gives it, e.g. hi_res_and_enrichment.",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a template...',
			typeOptions: { searchListMethod: 'searchTemplates', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. hi_res_and_enrichment',
		},
	],
};

/** The chosen template's id. Throws a NodeOperationError for this item when there is none. */
export function templateId(ctx: IExecuteFunctions, itemIndex: number): string {
	const id = locatorText(
		ctx.getNodeParameter('templateId', itemIndex, '', { extractValue: true }) as unknown,
	);
	if (id) return id;
	throw new NodeOperationError(ctx.getNode(), 'No template is chosen', {
		itemIndex,
		description:
			"Select one in 'Template', or enter its ID. If an expression is used, check what it gives for this item",
	});
}

/** The job that the other operations work on; by default the one that came in. */
export const jobIdField: INodeProperties = {
	displayName: 'Job ID',
	name: 'jobId',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	placeholder: 'e.g. a1b2c3d4-5e6f-7a8b-9c0d-1e2f3a4b5c6d',
	description: 'The ID of the job, a UUID. By default the job that the previous node gave out.',
};

/** The job id of an item. Throws a NodeOperationError for this item when there is none. */
export function jobId(ctx: IExecuteFunctions, itemIndex: number): string {
	const id = locatorText(ctx.getNodeParameter('jobId', itemIndex, '') as unknown);
	if (id) return id;
	throw new NodeOperationError(ctx.getNode(), "'Job ID' is empty for this item", {
		itemIndex,
		description:
			"Enter a job's ID, or connect a node that gives out jobs, e.g. Unstructured with the operation 'Run'",
	});
}
