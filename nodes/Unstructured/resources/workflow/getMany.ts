import {
	tryToParseDateTime,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { connectorsIn, DESTINATION, SOURCE } from '../../api/connectors';
import { shownRecord } from '../../api/shownRecord';
import { connectorLocator } from '../../fields/connector';
import { filtersField, limitFields, nameContains, nameFilter, rowLimit } from '../../fields/list';
import { parametersOf, type Parameters } from '../../fields/parameters';
import { addHint } from '../../items/hints';
import { perItem } from '../../items/perItem';
import { recordsIn } from '../../items/rows';
import { pages } from '../../transport/pagination';
import type { Operation } from '../operation';

const createdAfterField: INodeProperties = {
	displayName: 'Created After',
	name: 'createdAfter',
	type: 'dateTime',
	default: '',
	description: 'Return only workflows created at this time or later, e.g. 2026-04-29T10:00:00',
};

const createdBeforeField: INodeProperties = {
	displayName: 'Created Before',
	name: 'createdBefore',
	type: 'dateTime',
	default: '',
	description: 'Return only workflows created before this time, e.g. 2026-04-29T10:00:00',
};

const destinationField = { ...connectorLocator(DESTINATION), required: false };

const sourceField = { ...connectorLocator(SOURCE), required: false };

const nameField = nameFilter('workflows');

const statusField: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'options',
	default: 'active',
	options: [
		{ name: 'Active', value: 'active' },
		{ name: 'Inactive', value: 'inactive' },
		{ name: 'Paused', value: 'paused' },
	],
	description: 'Return only workflows with this status',
};

/** A time for the API. One without a time zone is in the time zone of the n8n workflow. */
function utc(ctx: IExecuteFunctions, filters: Parameters, field: INodeProperties): string {
	if (!filters.has(field)) return '';
	const value = filters.value(field);
	const isTime = typeof value === 'string' || value instanceof Date || Number.isFinite(value);
	try {
		if (isTime) return tryToParseDateTime(value, ctx.getTimezone()).toUTC().toISO() ?? '';
	} catch {
		// The code below rejects an invalid time.
	}
	const message = `'${field.displayName}' is not a date`;
	throw filters.refusal(message, 'Enter it like 2026-04-29 or 2026-04-29T10:00:00.', value);
}

/** The filters of the API. The node applies the other filters. */
function queryOf(ctx: IExecuteFunctions, filters: Parameters): IDataObject {
	const asked = {
		status: filters.text(statusField),
		source_id: filters.id(sourceField),
		destination_id: filters.id(destinationField),
		created_since: utc(ctx, filters, createdAfterField),
		created_before: utc(ctx, filters, createdBeforeField),
	};
	return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
}

const MOVED =
	'The list of workflows changed while it was read, so some may be missing. Run this node again to get all of them.';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many workflows',
		description: 'Retrieve a list of workflows',
	},
	fields: [
		...limitFields,
		filtersField(
			createdAfterField,
			createdBeforeField,
			destinationField,
			nameField,
			sourceField,
			statusField,
		),
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const filters = parametersOf(ctx, itemIndex).in(filtersField());
		// The API's own name filter is not documented: it may need the whole name (docs/api-notes.md 6.2).
		const isWanted = nameContains(filters.text(nameField));
		const limit = rowLimit(ctx, itemIndex);
		const found: IDataObject[] = [];
		let hasMoved = false;
		const query = queryOf(ctx, filters);
		const subject = { noun: 'list of workflows', others: connectorsIn(query) };
		for await (const page of pages(ctx, '/workflows/', query, subject)) {
			found.push(...recordsIn(ctx, subject.noun, page.rows).filter(isWanted));
			hasMoved ||= page.hasMoved;
			if (found.length >= limit) break;
		}
		for (const json of found.slice(0, limit)) results.add([itemIndex], shownRecord(json));
		if (hasMoved) addHint(ctx, MOVED);
	}),
};
