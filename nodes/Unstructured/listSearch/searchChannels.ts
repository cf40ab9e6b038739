import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { CHANNEL_KINDS, channelRows } from '../api/channels';
import { locatorText } from '../fields/locator';
import { isRecord } from '../transport/json';
import { choices, isWanted, note, wantedText } from './choices';

/** Where a channel sends to, as its name. */
function named(channel: unknown): unknown {
	if (!isRecord(channel)) return channel;
	const { url, email_config: email } = channel;
	return { ...channel, name: url ?? (isRecord(email) ? email.recipient_email : undefined) };
}

/** The dropdown of the notification channels of the chosen scope. */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const isOfWorkflow = this.getCurrentNodeParameter('scope') === 'workflow';
	const chosen = this.getCurrentNodeParameter('workflowId', { extractValue: true });
	const scope = isOfWorkflow ? locatorText(chosen) : undefined;
	if (scope === '') return { results: [] };
	const lists = [];
	for (const kind of CHANNEL_KINDS) lists.push(await channelRows(this, scope, kind));
	const noteOf = ({ description }: Record<string, unknown>) => note(description);
	const entries = choices(this, 'list of channels', lists.flat().map(named), noteOf);
	return { results: entries.filter(isWanted(wantedText(filter))) };
}
