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

/** The fields that n8n requires for every Get Many. */
export const limitFields = [returnAllField, limitField];

/** The filters of a Get Many. */
export const filtersField = (...options: INodeProperties[]): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options,
});

/** A collection whose fields are added one by one. */
export const optionsField = (...options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options,
});

/** Filters a list by part of the name, in this node, because the API has no reliable filter for names. */
export const nameFilter = (things: string): INodeProperties => ({
	displayName: 'Name Contains',
	name: 'name',
	type: 'string',
	default: '',
	description: `Return only ${things} whose name contains this text. Case is ignored.`,
});

/** Whether the name of a row contains a text, ignoring case. */
export function nameContains(part: unknown) {
	const wanted = String(part ?? '').toLowerCase();
	return ({ name }: IDataObject) =>
		!wanted || (typeof name === 'string' && name.toLowerCase().includes(wanted));
}

/** The most rows to return, at least 1. Throws a NodeOperationError for a limit that is not a number. */
export function rowLimit(ctx: IExecuteFunctions, itemIndex: number): number {
	const parameters = parametersOf(ctx, itemIndex);
	if (parameters.boolean(returnAllField)) return Infinity;
	return Math.floor(parameters.number(limitField));
}
