import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ConnectorKind } from '../api/connectors';
import { chosenId, howToChoose, ID_OR_KEY, idValidation } from './locator';
import { parametersOf, type Parameters } from './parameters';

/** The entry of the list for a workflow without a connector. No connector has an ID like this. */
export const LOCAL = 'local';

/** Chooses a connector: from the list, or by ID. */
export const connectorLocator = ({ title, noun, idName }: ConnectorKind): INodeProperties => ({
	displayName: title,
	name: idName,
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: `The ${noun} connector. By ID: the UUID that '${title}: Get Many' returns.`,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: `Select a ${noun}...`,
			typeOptions: { searchListMethod: `search${title}s`, searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 5f5b5a5e-3c3d-4e4f-8a8b-9c9d0e0f1a1b',
			validation: idValidation(`${noun} connector`, ID_OR_KEY),
		},
	],
});

/** Chooses the connector of a workflow, or none. */
export function workflowConnectorLocator(kind: ConnectorKind): INodeProperties {
	const { title, noun } = kind;
	const locator = connectorLocator(kind);
	const [list, ...others] = locator.modes!;
	const typeOptions = { searchListMethod: `search${title}sOrNone`, searchable: true };
	return {
		...locator,
		required: false,
		description: `The ${noun} connector of the workflow, if it has one. By ID: the UUID that '${title}: Get Many' returns, or "${LOCAL}" for none.`,
		modes: [{ ...list!, typeOptions }, ...others],
	};
}

/** Chooses the connector of a new workflow: none by default. */
export const newWorkflowConnector = (kind: ConnectorKind): INodeProperties => ({
	...workflowConnectorLocator(kind),
	default: { mode: 'list', value: LOCAL, cachedResultName: kind.none },
});

/** The ID of the chosen connector. Throws a NodeOperationError for this item if there is none. */
export function connectorId(
	ctx: IExecuteFunctions,
	itemIndex: number,
	kind: ConnectorKind,
): string {
	const id = parametersOf(ctx, itemIndex).id(connectorLocator(kind));
	return chosenId(ctx, id, kind.noun, { itemIndex, description: howToChoose(kind.title) });
}

/** The connector for a workflow: null for none, undefined if the parameter is not set. */
export function workflowConnector(
	parameters: Parameters,
	kind: ConnectorKind,
): string | null | undefined {
	const id = parameters.id(workflowConnectorLocator(kind));
	if (!id) return undefined;
	return id === LOCAL ? null : id;
}
