import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { parametersOf } from './parameters';

const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

/** n8n's convention for every Get Many. */
export const limitFields = [returnAllField, limitField];

/** What a Get Many may be narrowed to. */
export const filtersField = (...options: INodeProperties[]): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options,
});

/** What may be set beside the fields that are always there. */
export const optionsField = (...options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options,
});

/** Narrows a list by a part of the name; done here, since the API has no such filter that can be relied on. */
export const nameFilter = (things: string): INodeProperties => ({
	displayName: 'Name Contains',
	name: 'name',
	type: 'string',
	default: '',
	description: `Give out only ${things} with this text in their name, in any case`,
});

/** Tells the rows that a part of the name lets through. */
export function nameContains(part: unknown) {
	const wanted = String(part ?? '').toLowerCase();
	return ({ name }: IDataObject) =>
		!wanted || (typeof name === 'string' && name.toLowerCase().includes(wanted));
}

/** How many rows to return at most: at least 1. Throws a NodeOperationError for a limit that is none. */
export function rowLimit(ctx: IExecuteFunctions, itemIndex: number): number {
	const parameters = parametersOf(ctx, itemIndex);
	if (parameters.boolean(returnAllField)) return Infinity;
	return Math.floor(parameters.number(limitField));
}
