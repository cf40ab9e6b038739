import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Scope } from '../../api/channels';
import { eventsField, scopeField, scopeFields } from '../../fields/channel';
import { chosenId, howToChoose, idValidation } from '../../fields/locator';
import { parametersOf, type Parameters } from '../../fields/parameters';
import { refuseMask } from '../../fields/showSecrets';
import { workflowId } from '../../fields/workflow';

/** The scope of the channel. Throws a NodeOperationError for this item if no workflow is chosen. */
export const readScope = (ctx: IExecuteFunctions, itemIndex: number): Scope =>
	parametersOf(ctx, itemIndex).choice(scopeField) === 'workflow'
		? workflowId(ctx, itemIndex)
		: undefined;

const channelField: INodeProperties = {
	displayName: 'Channel',
	name: 'channelId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		"The notification channel. By ID: the ID that 'Notification Channel: Get Many' returns.",
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
			validation: idValidation('notification channel'),
		},
	],
};

/** The fields that choose an existing channel. */
export const channelFields: INodeProperties[] = [...scopeFields, channelField];

/** The ID of the chosen channel. Throws a NodeOperationError for this item if there is none. */
export function readChannelId(ctx: IExecuteFunctions, itemIndex: number): string {
	const id = parametersOf(ctx, itemIndex).id(channelField);
	return chosenId(ctx, id, 'channel', { itemIndex, description: howToChoose('Channel') });
}

/** The fields of a channel except its type, A to Z, as n8n's lint requires. */
export const ccField: INodeProperties = {
	displayName: 'CC',
	name: 'cc',
	type: 'string',
	default: '',
	placeholder: 'e.g. team@example.com, boss@example.com',
	description: 'Further recipients of an email channel, separated by commas',
};
export const descriptionField: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	description: 'The purpose of the channel, in at most 255 characters',
};
export const enabledField: INodeProperties = {
	displayName: 'Enabled',
	name: 'enabled',
	type: 'boolean',
	default: true,
	description: 'Whether the channel sends events',
};
export const recipientField: INodeProperties = {
	displayName: 'Recipient Email',
	name: 'recipientEmail',
	type: 'string',
	default: '',
	placeholder: 'e.g. name@example.com',
	description: 'The email address that receives the events',
};
export const replyToField: INodeProperties = {
	displayName: 'Reply To',
	name: 'replyTo',
	type: 'string',
	default: '',
	placeholder: 'e.g. support@example.com',
	description: 'The email address for replies to an email channel',
};
export const secretField: INodeProperties = {
	displayName: 'Secret',
	name: 'secret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		"The key that signs the events of a webhook channel, 24 to 75 ASCII characters. It can't be read again. Without it, the receiver can't verify events.",
};
export const urlField: INodeProperties = {
	displayName: 'URL',
	name: 'url',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/unstructured-events',
	description: 'The HTTPS URL that a webhook channel calls for each event',
};

/** The body with the fields that are filled in. */
export function channelBody(fields: Parameters): IDataObject {
	const texts: Array<[string, INodeProperties]> = [
		['url', urlField],
		['description', descriptionField],
		['secret', secretField],
	];
	const ofEmail: Array<[string, INodeProperties]> = [
		['recipient_email', recipientField],
		['reply_to', replyToField],
	];
	const filled = (some: Array<[string, INodeProperties]>) =>
		Object.fromEntries(
			some.flatMap(([key, field]) => (fields.has(field) ? [[key, fields.text(field)]] : [])),
		);
	const email: IDataObject = {
		...filled(ofEmail),
		...(fields.has(ccField) && { cc: fields.texts(ccField) }),
	};
	return {
		...filled(texts),
		...(fields.has(enabledField) && { enabled: fields.boolean(enabledField) }),
		...(fields.has(eventsField) && { event_types: chosenEvents(fields) }),
		...(Object.keys(email).length > 0 && { email_config: email }),
	};
}

/** Throws a NodeOperationError for this item if the body contains asterisks in place of a secret, as 'Get' returns them. */
export function refuseChannelMask(ctx: IExecuteFunctions, itemIndex: number, body: IDataObject) {
	refuseMask(ctx, itemIndex, 'Secret', { secret: body.secret });
	refuseMask(ctx, itemIndex, 'URL', { url: body.url });
}

/** The chosen events, at least one. */
export function chosenEvents(parameters: Parameters): string[] {
	const events = parameters.texts(eventsField);
	if (events.length > 0) return events;
	throw parameters.refusal('No event is selected', "Select at least one in 'Events'.");
}
