import { channelPath, channelSubject } from '../../api/channels';
import { perItem } from '../../items/perItem';
import { remove } from '../../transport/call';
import type { Operation } from '../operation';
import { channelFields, readChannelId, readScope } from './fields';

export const del: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete notification channel',
		description: 'Delete a notification channel permanently',
	},
	fields: channelFields,
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = readChannelId(ctx, itemIndex);
		const scope = readScope(ctx, itemIndex);
		await remove(ctx, channelPath(scope, id), channelSubject(scope, id));
		results.add([itemIndex], { deleted: true });
	}),
};
