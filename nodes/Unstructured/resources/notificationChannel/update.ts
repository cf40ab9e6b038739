import { NodeOperationError, type INodeProperties } from 'n8n-workflow';
import { changeChannel } from '../../api/channels';
import { shownRecord } from '../../api/shownRecord';
import { eventsField } from '../../fields/channel';
import { parametersOf } from '../../fields/parameters';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';
import {
	ccField,
	channelBody,
	channelFields,
	descriptionField,
	enabledField,
	readChannelId,
	readScope,
	recipientField,
	refuseChannelMask,
	replyToField,
	secretField,
	urlField,
} from './fields';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		ccField,
		descriptionField,
		enabledField,
		{ ...eventsField, required: false },
		recipientField,
		replyToField,
		secretField,
		urlField,
	],
};

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update notification channel',
		description: 'Update the fields of a notification channel that you add',
	},
	fields: [...channelFields, updateFields],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = readChannelId(ctx, itemIndex);
		const body = channelBody(parametersOf(ctx, itemIndex).in(updateFields));
		if (Object.keys(body).length === 0) {
			throw new NodeOperationError(ctx.getNode(), 'There is nothing to update', {
				itemIndex,
				description: "Add the fields to change to 'Update Fields'. Empty fields are not changed.",
			});
		}
		refuseChannelMask(ctx, itemIndex, body);
		const channel = await changeChannel(ctx, readScope(ctx, itemIndex), id, body);
		results.add([itemIndex], shownRecord(channel));
	}),
};
