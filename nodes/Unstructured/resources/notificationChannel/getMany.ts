import type { IDataObject } from 'n8n-workflow';
import { CHANNEL_KINDS, listChannels } from '../../api/channels';
import { shownRecord } from '../../api/shownRecord';
import { scopeFields } from '../../fields/channel';
import { filtersField, limitFields, rowLimit } from '../../fields/list';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';
import { readScope } from './fields';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many notification channels',
		description: 'Get the notification channels of the workspace or of a workflow',
	},
	fields: [
		...scopeFields,
		...limitFields,
		filtersField({
			displayName: 'Channel Type',
			name: 'channelType',
			type: 'options',
			default: 'webhook',
			options: [
				{ name: 'Email', value: 'email' },
				{ name: 'Webhook', value: 'webhook' },
			],
			description: 'Give out only channels of this type',
		}),
	],
	// The API lists one type at a time, and does not page (docs/api-notes.md 8.1).
	execute: perItem(async (ctx, itemIndex, results) => {
		const scope = readScope(ctx, itemIndex);
		const { channelType } = ctx.getNodeParameter('filters', itemIndex, {}) as IDataObject;
		const kinds = CHANNEL_KINDS.filter((kind) => !channelType || kind === channelType);
		const lists = [];
		for (const kind of kinds) lists.push(await listChannels(ctx, scope, kind));
		const limit = rowLimit(ctx, itemIndex);
		for (const channel of lists.flat().slice(0, limit))
			results.add([itemIndex], shownRecord(channel));
	}),
};
