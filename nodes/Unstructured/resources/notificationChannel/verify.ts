import { getChannel, verifyChannel } from '../../api/channels';
import { shownRecord } from '../../api/shownRecord';
import { requiredText } from '../../fields/requiredText';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';
import { channelFields, readChannelId, readScope } from './fields';

export const verify: Operation = {
	option: {
		name: 'Verify',
		value: 'verify',
		action: 'Verify notification channel',
		description: 'Verify an email channel with the code that Unstructured emailed',
	},
	fields: [
		...channelFields,
		{
			displayName: 'Verification Code',
			name: 'verificationCode',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 123456',
			description: 'The six digits from the email',
		},
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = readChannelId(ctx, itemIndex);
		const scope = readScope(ctx, itemIndex);
		const code = requiredText(ctx, itemIndex, 'Verification Code', 'verificationCode');
		await verifyChannel(ctx, scope, id, code);
		results.add([itemIndex], shownRecord(await getChannel(ctx, scope, id)));
	}),
};
