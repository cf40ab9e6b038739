import type { INodeProperties } from 'n8n-workflow';
import { listConnectors } from '../../api/connectors';
import { filtersField, limitFields, nameContains, nameFilter, rowLimit } from '../../fields/list';
import { parametersOf } from '../../fields/parameters';
import { shown, showSecretsOptions } from '../../fields/showSecrets';
import { perItem } from '../../items/perItem';
import { recordsIn } from '../../items/rows';
import type { Operation } from '../operation';
import { typeOptions, type ConnectorResource } from './config';

const typeFilter = ({ noun, types }: ConnectorResource): INodeProperties => ({
	displayName: 'Type',
	name: 'type',
	type: 'options',
	default: 's3',
	options: typeOptions(types),
	description: `Return only ${noun}s of this type`,
});

export const getMany = (kind: ConnectorResource): Operation => ({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: `Get many ${kind.noun}s`,
		description: `Retrieve a list of ${kind.noun} connectors`,
	},
	fields: [
		...limitFields,
		filtersField(nameFilter(`${kind.noun}s`), typeFilter(kind)),
		showSecretsOptions,
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const filters = parametersOf(ctx, itemIndex).in(filtersField());
		// Any text is accepted, because the type may be missing from the list.
		const rows = await listConnectors(ctx, kind, filters.text(typeFilter(kind)));
		const records = recordsIn(ctx, `list of ${kind.noun}s`, rows);
		const found = records.filter(nameContains(filters.text(nameFilter(`${kind.noun}s`))));
		for (const row of found.slice(0, rowLimit(ctx, itemIndex))) {
			results.add([itemIndex], shown(ctx, itemIndex, row));
		}
	}),
});
