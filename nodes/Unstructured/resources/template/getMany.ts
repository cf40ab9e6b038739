import { filtersField, limitFields, nameContains, nameFilter, rowLimit } from '../../shared/limit';
import { perItem, type Operation } from '../../shared/operation';
import { records } from '../../transport/pagination';
import { call } from '../../transport/request';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many templates',
		description: 'Get the templates that Unstructured keeps ready',
	},
	fields: [...limitFields, filtersField(nameFilter('templates'))],
	// The API gives all of them at once (unstructured-api.md 7.4).
	execute: perItem(async (ctx, itemIndex, results) => {
		const { name } = ctx.getNodeParameter('filters', itemIndex, {}) as { name?: string };
		const { json } = await call(ctx, '/templates/', {
			subject: { noun: 'list of templates' },
			check: Array.isArray,
		});
		const found = records(json).filter(nameContains(name));
		for (const row of found.slice(0, rowLimit(ctx, itemIndex))) results.add([itemIndex], row);
	}),
};
