import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { createChannel } from '../../api/channels';
import { shownRecord } from '../../api/shownRecord';
import { eventsField, scopeFields } from '../../fields/channel';
import { optionsField } from '../../fields/list';
import { parametersOf } from '../../fields/parameters';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';
import {
	ccField,
	channelBody,
	chosenEvents,
	descriptionField,
	enabledField,
	readScope,
	recipientField,
	refuseChannelMask,
	replyToField,
	secretField,
	urlField,
} from './fields';

const kindField: INodeProperties = {
	displayName: 'Channel Type',
	name: 'channelType',
	type: 'options',
	noDataExpression: true,
	default: 'webhook',
	options: [
		{
			name: 'Email',
			value: 'email',
			description: "Send an email. Unstructured first emails a code to confirm with 'Verify'.",
		},
		{ name: 'Webhook', value: 'webhook', description: 'Call a URL' },
	],
	description: 'How to send the events',
};

const extraFields = optionsField(
	ccField,
	descriptionField,
	enabledField,
	replyToField,
	secretField,
);

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create notification channel',
		description: 'Create a channel that sends job events to a webhook or an email address',
	},
	fields: [
		...scopeFields,
		kindField,
		{ ...urlField, required: true, displayOptions: { show: { channelType: ['webhook'] } } },
		{ ...recipientField, required: true, displayOptions: { show: { channelType: ['email'] } } },
		eventsField,
		extraFields,
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const parameters = parametersOf(ctx, itemIndex);
		const kind = parameters.choice(kindField);
		const options = channelBody(parameters.in(extraFields));
		const body = {
			channel_type: kind,
			event_types: chosenEvents(parameters),
			...options,
			...(kind === 'email'
				? {
						email_config: {
							recipient_email: parameters.requiredText(recipientField),
							...(options.email_config as IDataObject | undefined),
						},
					}
				: { url: parameters.requiredText(urlField) }),
		};
		refuseChannelMask(ctx, itemIndex, body);
		const channel = await createChannel(ctx, readScope(ctx, itemIndex), body);
		results.add([itemIndex], shownRecord(channel));
	}),
};
