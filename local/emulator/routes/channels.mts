import type { Channel, GivenChannel } from '../platform/channels.mjs';
import { HttpError } from '../wire/httpError.mjs';
import { checkChannel } from './channelRules.mjs';
import { ok, type Call, type Handler } from './handler.mjs';
import { findWorkflow } from './workflows.mjs';

/** The most channels in one scope (docs/api-notes.md 10.1). */
const MOST_CHANNELS = 50;
/** The only well-formed code that is wrong. */
const WRONG_CODE = '000000';
/** The possible words are not documented. */
const PROVIDER = 'emulator';

const scopeOf = (call: Call) => (call.params.workflow_id ? findWorkflow(call).id : null);

/** Returns the channel in the path, in the scope of the path. */
function findChannel(call: Call): Channel {
	const scope = scopeOf(call);
	const channel = call.state.channels.get(call.params.channel_id);
	if (channel?.workflowId !== scope) throw new HttpError(404, 'Notification channel not found');
	return channel;
}

/** Returns the channel without its secret. */
const toJson = (channel: Channel) => ({
	id: channel.id,
	channel_type: channel.channel_type,
	event_types: channel.event_types,
	enabled: channel.enabled,
	description: channel.description,
	...(channel.url !== undefined && { url: channel.url }),
	...(channel.email_config && { email_config: { ...channel.email_config, provider: PROVIDER } }),
	created_at: channel.created_at,
	updated_at: channel.updated_at,
});

const listChannels: Handler = (call) => {
	const items = call.state.channels
		.ofScope(scopeOf(call))
		.filter(
			({ channel_type: type, enabled }) =>
				type === call.query.channel_type && enabled === (call.query.enabled ?? enabled),
		);
	return ok({ items: items.map(toJson) });
};

const createChannel: Handler = (call) => {
	const { channels } = call.state;
	const scope = scopeOf(call);
	const given = call.body as GivenChannel & { event_types: string[] };
	checkChannel(given.channel_type ?? 'webhook', given, true);
	if (channels.ofScope(scope).length >= MOST_CHANNELS) {
		throw new HttpError(422, `There can be at most ${MOST_CHANNELS} notification channels.`);
	}
	return { status: 201, body: toJson(channels.create(scope, given)) };
};

const updateChannel: Handler = (call) => {
	const channel = findChannel(call);
	if (!channel.verified) {
		throw new HttpError(400, 'The channel must be verified before it can be updated.');
	}
	const given = call.body as GivenChannel;
	checkChannel(channel.channel_type, given, false);
	call.state.channels.update(channel, given);
	return ok(toJson(channel));
};

const deleteChannel: Handler = (call) => {
	call.state.channels.delete(findChannel(call).id);
	return { status: 204, body: null };
};

const verifyChannel: Handler = (call) => {
	const channel = findChannel(call);
	const { verification_code: word, code = word } = call.body as Record<string, string>;
	if (channel.channel_type !== 'email') {
		throw new HttpError(400, 'Only an email channel needs verification.');
	}
	if (code === undefined) {
		throw new HttpError(422, [
			{ type: 'missing', loc: ['body', 'code'], msg: 'Field required', input: null },
		]);
	}
	if (code === WRONG_CODE) throw new HttpError(400, 'The verification code is not valid.');
	call.state.channels.verify(channel);
	return { status: 204, body: null };
};

export const channelHandlers: Record<string, Handler> = {
	listChannels,
	createChannel,
	getChannel: (call) => ok(toJson(findChannel(call))),
	updateChannel,
	deleteChannel,
	verifyChannel,
	listWorkflowChannels: listChannels,
	createWorkflowChannel: createChannel,
	getWorkflowChannel: (call) => ok(toJson(findChannel(call))),
	updateWorkflowChannel: updateChannel,
	deleteWorkflowChannel: deleteChannel,
	verifyWorkflowChannel: verifyChannel,
};
