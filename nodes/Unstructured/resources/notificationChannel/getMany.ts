import type { INodeProperties } from 'n8n-workflow';
import { CHANNEL_KINDS, channelRows } from '../../api/channels';
import { shownRecord } from '../../api/shownRecord';
import { scopeFields } from '../../fields/channel';
import { filtersField, limitFields, rowLimit } from '../../fields/list';
import { parametersOf } from '../../fields/parameters';
import { perItem } from '../../items/perItem';
import { recordsIn } from '../../items/rows';
import type { Operation } from '../operation';
import { readScope } from './fields';

const typeField: INodeProperties = {
	displayName: 'Channel Type',
	name: 'channelType',
	type: 'options',
	default: 'webhook',
	options: [
		{ name: 'Email', value: 'email' },
		{ name: 'Webhook', value: 'webhook' },
	],
	description: 'Return only channels of this type',
};

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many notification channels',
		description: 'Retrieve a list of notification channels',
	},
	fields: [...scopeFields, ...limitFields, filtersField(typeField)],
	// The API lists one type at a time, and does not page (docs/api-notes.md 8.1).
	execute: perItem(async (ctx, itemIndex, results) => {
		const scope = readScope(ctx, itemIndex);
		const filters = parametersOf(ctx, itemIndex).in(filtersField());
		const wanted = filters.has(typeField) && filters.choice(typeField);
		const kinds = CHANNEL_KINDS.filter((kind) => !wanted || kind === wanted);
		const limit = rowLimit(ctx, itemIndex);
		const lists = [];
		for (const kind of kinds) lists.push(await channelRows(ctx, scope, kind));
		const channels = recordsIn(ctx, 'list of channels', lists.flat());
		for (const channel of channels.slice(0, limit)) results.add([itemIndex], shownRecord(channel));
	}),
};
