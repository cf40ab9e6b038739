import { shownRecord } from '../../api/shownRecord';
import { listTemplates } from '../../api/templates';
import { filtersField, limitFields, nameContains, nameFilter, rowLimit } from '../../fields/list';
import { parametersOf } from '../../fields/parameters';
import { perItem } from '../../items/perItem';
import { recordsIn } from '../../items/rows';
import type { Operation } from '../operation';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many templates',
		description: 'Retrieve a list of templates',
	},
	fields: [...limitFields, filtersField(nameFilter('templates'))],
	execute: perItem(async (ctx, itemIndex, results) => {
		const name = parametersOf(ctx, itemIndex).in(filtersField()).text(nameFilter('templates'));
		const rows = recordsIn(ctx, 'list of templates', await listTemplates(ctx));
		const found = rows.filter(nameContains(name));
		for (const row of found.slice(0, rowLimit(ctx, itemIndex)))
			results.add([itemIndex], shownRecord(row));
	}),
};
