import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { createChannel } from '../../api/channels';
import { shownRecord } from '../../api/shownRecord';
import { eventsField, scopeFields } from '../../fields/channel';
import { optionsField } from '../../fields/list';
import { requiredText } from '../../fields/requiredText';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';
import {
	ccField,
	channelBody,
	descriptionField,
	enabledField,
	readScope,
	recipientField,
	refuseChannelMask,
	replyToField,
	secretField,
	urlField,
} from './fields';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a notification channel',
		description: 'Have the events of jobs sent to a webhook or by e-mail',
	},
	fields: [
		...scopeFields,
		{
			displayName: 'Channel Type',
			name: 'channelType',
			type: 'options',
			noDataExpression: true,
			default: 'webhook',
			options: [
				{
					name: 'Email',
					value: 'email',
					description: 'Unstructured sends a code to the address, to be verified with Verify',
				},
				{ name: 'Webhook', value: 'webhook', description: 'Unstructured calls an address' },
			],
			description: 'How the events are sent',
		},
		{ ...urlField, required: true, displayOptions: { show: { channelType: ['webhook'] } } },
		{ ...recipientField, required: true, displayOptions: { show: { channelType: ['email'] } } },
		eventsField,
		optionsField(ccField, descriptionField, enabledField, replyToField, secretField),
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const kind = ctx.getNodeParameter('channelType', itemIndex) as string;
		const options = ctx.getNodeParameter('options', itemIndex, {}) as IDataObject;
		const events = ctx.getNodeParameter('events', itemIndex, []) as string[];
		if (events.length === 0) {
			throw new NodeOperationError(ctx.getNode(), 'No event is chosen', {
				itemIndex,
				description: "Choose at least one in 'Events'",
			});
		}
		const target =
			kind === 'email'
				? { recipientEmail: requiredText(ctx, itemIndex, 'Recipient Email', 'recipientEmail') }
				: { url: requiredText(ctx, itemIndex, 'URL', 'url') };
		const body = { channel_type: kind, ...channelBody({ ...options, ...target, events }) };
		refuseChannelMask(ctx, itemIndex, body);
		const channel = await createChannel(ctx, readScope(ctx, itemIndex), body);
		results.add([itemIndex], shownRecord(channel));
	}),
};
