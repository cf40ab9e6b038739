import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { call, remove } from '../transport/call';
import type { ApiContext } from '../transport/connection';
import { isRecord } from '../transport/json';
import { pathSegment } from '../transport/pathSegment';
import type { Subject } from '../transport/subject';
import { workflowPath } from './workflows';

/** A channel as the API returns it. Only `id` is guaranteed. */
export type Channel = IDataObject & { id: string };

/** The workflow whose job events a channel sends. Undefined for all workflows of the workspace (docs/api-notes.md 8.1). */
export type Scope = string | undefined;

export const CHANNEL_KINDS = ['webhook', 'email'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** Returns the path of a scope's channels. Both scopes have the same routes below it. */
export const channelsPath = (scope: Scope) =>
	`${scope === undefined ? '' : workflowPath(scope)}/notifications/channels`;

export const channelPath = (scope: Scope, id: string) =>
	`${channelsPath(scope)}/${pathSegment(id)}`;

/** Names a channel and the workflow in its path, for error texts. */
export const channelSubject = (scope: Scope, id: string): Subject => ({
	noun: 'notification channel',
	id,
	others: [{ noun: 'workflow', id: scope }],
});

export const isChannel = (json: unknown): json is Channel =>
	isRecord(json) && typeof json.id === 'string' && json.id !== '';

const isGone = (error: unknown) => error instanceof NodeApiError && error.httpCode === '404';

/** Reads the list of channels of a kind, with every entry as it is. The API does not page it. Throws a NodeApiError. */
export async function channelRows(
	ctx: ApiContext,
	scope: Scope,
	kind: ChannelKind,
): Promise<unknown[]> {
	const { json } = await call(ctx, channelsPath(scope), {
		qs: { channel_type: kind },
		subject: { noun: scope === undefined ? 'list of channels' : 'workflow', id: scope },
		check: (list) => isRecord(list) && Array.isArray(list.items),
	});
	return (json as { items: unknown[] }).items;
}

/** Reads all channels of a kind. Throws a NodeApiError. */
export const listChannels = async (ctx: ApiContext, scope: Scope, kind: ChannelKind) =>
	(await channelRows(ctx, scope, kind)).filter(isChannel);

/** Reads one channel. Throws a NodeApiError. */
export async function getChannel(ctx: ApiContext, scope: Scope, id: string): Promise<Channel> {
	const subject = channelSubject(scope, id);
	const { json } = await call(ctx, channelPath(scope, id), { subject, check: isChannel });
	return json as Channel;
}

/** Reads one channel. Returns undefined only if it does not exist. Throws a NodeApiError for any other reason. */
export async function findChannel(
	ctx: ApiContext,
	scope: Scope,
	id: string,
): Promise<Channel | undefined> {
	try {
		return await getChannel(ctx, scope, id);
	} catch (error) {
		if (isGone(error)) return undefined;
		throw error as NodeApiError;
	}
}

/** Creates a channel. Throws a NodeApiError without a retry if the response is lost: the list shows whether the channel exists. */
export async function createChannel(
	ctx: ApiContext,
	scope: Scope,
	body: IDataObject,
): Promise<Channel> {
	const { json } = await call(ctx, channelsPath(scope), {
		method: 'POST',
		body,
		makes: 'notification channel',
		subject: scope === undefined ? { noun: 'workspace' } : { noun: 'workflow', id: scope },
		check: isChannel,
	});
	return json as Channel;
}

/** Changes the properties in `body`. Throws a NodeApiError. */
export async function changeChannel(
	ctx: ApiContext,
	scope: Scope,
	id: string,
	body: IDataObject,
): Promise<Channel> {
	const subject = channelSubject(scope, id);
	const options = { method: 'PATCH' as const, body, subject, check: isChannel };
	return (await call(ctx, channelPath(scope, id), options)).json as Channel;
}

/** Verifies an email channel with the code from the email, under both of its documented names (docs/api-notes.md 8.1). */
export async function verifyChannel(ctx: ApiContext, scope: Scope, id: string, code: string) {
	await call(ctx, `${channelPath(scope, id)}/verify`, {
		method: 'POST',
		body: { verification_code: code, code },
		subject: channelSubject(scope, id),
		mayBeEmpty: true,
	});
}

/** Deletes a channel, if it exists. Throws a NodeApiError. */
export async function deleteChannel(ctx: ApiContext, scope: Scope, id: string): Promise<void> {
	try {
		await remove(ctx, channelPath(scope, id), channelSubject(scope, id));
	} catch (error) {
		if (!isGone(error)) throw error as NodeApiError;
	}
}
