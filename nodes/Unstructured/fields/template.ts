import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { chosenId, howToChoose, idValidation } from './locator';
import { parametersOf } from './parameters';

/** Chooses a template: from the list, or by ID. */
export const templateLocator: INodeProperties = {
	displayName: 'Template',
	name: 'templateId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		"The Unstructured template. By ID: the ID that 'Template: Get Many' returns, e.g. hi_res_and_enrichment.",
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
			validation: idValidation('template'),
		},
	],
};

/** The ID of the chosen template. Throws a NodeOperationError for this item if there is none. */
export function templateId(ctx: IExecuteFunctions, itemIndex: number): string {
	const id = parametersOf(ctx, itemIndex).id(templateLocator);
	return chosenId(ctx, id, 'template', { itemIndex, description: howToChoose('Template') });
}
