import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isTrue, splitList } from '../../items/values';
import type { Scope } from '../../api/channels';
import { scopeFields } from '../../fields/channel';
import { chosenId, howToChoose } from '../../fields/locator';
import { refuseMask } from '../../fields/showSecrets';
import { workflowId } from '../../fields/workflow';

/** Whose channel it is. Throws a NodeOperationError for this item when the workflow is not chosen. */
export const readScope = (ctx: IExecuteFunctions, itemIndex: number): Scope =>
	ctx.getNodeParameter('scope', itemIndex, 'workspace') === 'workflow'
		? workflowId(ctx, itemIndex)
		: undefined;

/** The fields that name an existing channel. */
export const channelFields: INodeProperties[] = [
	...scopeFields,
	{
		displayName: 'Channel',
		name: 'channelId',
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		description: 'The notification channel',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a channel...',
				typeOptions: { searchListMethod: 'searchChannels', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. ep_0a1B2c3D4e5F6g7H8i9J0k1L2m3',
			},
		],
	},
];

/** The chosen channel's id. Throws a NodeOperationError for this item when there is none. */
export function readChannelId(ctx: IExecuteFunctions, itemIndex: number): string {
	const given = ctx.getNodeParameter('channelId', itemIndex, '', { extractValue: true }) as unknown;
	return chosenId(ctx, given, 'channel', { itemIndex, description: howToChoose('Channel') });
}

/** What can be said of a channel beside its kind; A to Z, as n8n wants it. */
export const ccField: INodeProperties = {
	displayName: 'CC',
	name: 'cc',
	type: 'string',
	default: '',
	placeholder: 'e.g. team@example.com, boss@example.com',
	description: 'E-mail only: further recipients, separated by commas',
};
export const descriptionField: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	description: 'What the channel is for, at most 255 characters',
};
export const enabledField: INodeProperties = {
	displayName: 'Enabled',
	name: 'enabled',
	type: 'boolean',
	default: true,
	description: 'Whether events are sent',
};
export const recipientField: INodeProperties = {
	displayName: 'Recipient Email',
	name: 'recipientEmail',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@example.com',
	description: 'E-mail only: where the events are sent',
};
export const replyToField: INodeProperties = {
	displayName: 'Reply To',
	name: 'replyTo',
	type: 'string',
	default: '',
	placeholder: 'e.g. support@example.com',
	description: 'E-mail only: where an answer goes',
};
export const secretField: INodeProperties = {
	displayName: 'Secret',
	name: 'secret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		'Webhook only: 24 to 75 ASCII characters with which events are signed. It cannot be read back, and without one the receiver cannot tell who calls.',
};
export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/unstructured-events',
	description: 'Webhook only: the HTTPS address that is called for each event',
};

const given = (value: unknown) => value !== undefined && value !== '';

/** The body for what was filled in, and nothing else. */
export function channelBody(fields: IDataObject): IDataObject {
	const { description, enabled, events, secret, url, recipientEmail, replyTo, cc } = fields;
	const email: IDataObject = {
		...(given(recipientEmail) && { recipient_email: String(recipientEmail).trim() }),
		...(given(replyTo) && { reply_to: String(replyTo).trim() }),
		...(given(cc) && { cc: splitList(cc) }),
	};
	return {
		...(given(url) && { url: String(url).trim() }),
		...(Array.isArray(events) && { event_types: events }),
		...(given(description) && { description }),
		...(given(enabled) && { enabled: isTrue(enabled) }),
		...(given(secret) && { secret }),
		...(Object.keys(email).length > 0 && { email_config: email }),
	};
}

/** Throws a NodeOperationError for this item if the body has asterisks in place of a secret, as 'Get' returns them. */
export function refuseChannelMask(ctx: IExecuteFunctions, itemIndex: number, body: IDataObject) {
	refuseMask(ctx, itemIndex, 'Secret', { secret: body.secret });
	refuseMask(ctx, itemIndex, 'URL', { url: body.url });
}
