import type { IDataObject } from 'n8n-workflow';
import { filtersField, limitFields, rowLimit } from '../../shared/limit';
import { perItem, type Operation } from '../../shared/operation';
import { pages } from '../../transport/pagination';

interface Filters {
	name?: string;
	status?: string;
}

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many workflows',
		description: 'Get the workflows of the workspace',
	},
	fields: [
		...limitFields,
		filtersField(
			{
				displayName: 'Name Contains',
				name: 'name',
				type: 'string',
				default: '',
				description: 'Give out only workflows with this text in their name, in any case',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'active',
				options: [
					{ name: 'Active', value: 'active' },
					{ name: 'Inactive', value: 'inactive' },
				],
				description: 'Give out only workflows with this status',
			},
		),
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const { name = '', status } = ctx.getNodeParameter('filters', itemIndex, {}) as Filters;
		const wanted = name.trim().toLowerCase();
		const limit = rowLimit(ctx, itemIndex);
		const found: IDataObject[] = [];
		// The API's own name filter is not documented: it may ask for the whole name (unstructured-api.md 7.2).
		const subject = { noun: 'list of workflows' };
		for await (const { rows } of pages(ctx, '/workflows/', status ? { status } : {}, subject)) {
			found.push(...rows.filter((row) => String(row.name).toLowerCase().includes(wanted)));
			if (found.length >= limit) break;
		}
		for (const json of found.slice(0, limit)) results.add([itemIndex], json);
	}),
};
