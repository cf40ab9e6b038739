import type { IDataObject } from 'n8n-workflow';
import { filtersField, limitFields, nameContains, nameFilter, rowLimit } from '../../fields/list';
import { perItem } from '../../items/perItem';
import { call } from '../../transport/call';
import { records } from '../../transport/json';
import type { Operation } from '../operation';
import { connectorOptions, shown, typeOptions, type ConnectorResource } from './config';

export const getMany = ({ noun, path, typeQuery, types }: ConnectorResource): Operation => ({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: `Get many ${noun}s`,
		description: `Get the ${noun} connectors of the workspace`,
	},
	fields: [
		...limitFields,
		filtersField(nameFilter(`${noun}s`), {
			displayName: 'Type',
			name: 'type',
			type: 'options',
			default: 's3',
			options: typeOptions(types),
			description: `Give out only ${noun}s of this type`,
		}),
		connectorOptions,
	],
	// The API gives all of them at once (docs/api-notes.md 7.2).
	execute: perItem(async (ctx, itemIndex, results) => {
		const filters = ctx.getNodeParameter('filters', itemIndex, {}) as IDataObject;
		const type = String(filters.type ?? '').trim();
		const { json } = await call(ctx, path, {
			qs: type ? { [typeQuery]: type } : {},
			subject: { noun: `list of ${noun}s` },
			check: Array.isArray,
		});
		const found = records(json).filter(nameContains(filters.name));
		for (const row of found.slice(0, rowLimit(ctx, itemIndex))) {
			results.add([itemIndex], shown(ctx, itemIndex, row));
		}
	}),
});
