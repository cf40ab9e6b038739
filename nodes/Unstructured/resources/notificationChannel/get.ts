import { getChannel } from '../../api/channels';
import { shownRecord } from '../../api/shownRecord';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';
import { channelFields, readChannelId, readScope } from './fields';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get notification channel',
		description: "Retrieve a notification channel. Its secret can't be read.",
	},
	fields: channelFields,
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = readChannelId(ctx, itemIndex);
		results.add([itemIndex], shownRecord(await getChannel(ctx, readScope(ctx, itemIndex), id)));
	}),
};
