import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { chosenId, ID_OR_KEY, idValidation } from './locator';
import { parametersOf } from './parameters';

const UUID = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
/** The ID after the last `workflow…/` of a URL. The pages of connectors and jobs have IDs, too. */
const WORKFLOW_URL = `^\\s*[hH][tT][tT][pP][sS]?:\\/\\/.*[wW]orkflows?[^/=]*[/=](?:(?!source|destination)[a-z_-]+\\/)?(${UUID})`;

/** Chooses a workflow: from the list, by ID, or by the URL of its page in Unstructured. */
export const workflowLocator: INodeProperties = {
	displayName: 'Unstructured Workflow',
	name: 'workflowId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		"The workflow in Unstructured. By ID: the UUID that 'Unstructured Workflow: Get Many' returns. By URL: the URL of its page.",
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
			validation: idValidation('workflow', ID_OR_KEY),
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
							'Not the URL of a workflow. Open the workflow in Unstructured and copy the URL from the browser.',
					},
				},
			],
		},
	],
};

/** Filters a list by workflow. */
export const workflowFilter: INodeProperties = {
	...workflowLocator,
	name: 'workflow',
	required: false,
	description: 'Return only jobs of this workflow',
};

/** The ID of the chosen workflow. Throws a NodeOperationError for this item if there is none. */
export function workflowId(ctx: IExecuteFunctions, itemIndex: number): string {
	const options = {
		itemIndex,
		description:
			"Select one in 'Unstructured Workflow', or enter its ID or the URL of its page in Unstructured. If an expression is used, check what it returns.",
	};
	const id = parametersOf(ctx, itemIndex).id(workflowLocator);
	return chosenId(ctx, id, 'workflow', options);
}
