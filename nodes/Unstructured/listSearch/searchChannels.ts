import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { CHANNEL_KINDS, channelRows } from '../api/channels';
import { addressedId, locatorText, locatorValue } from '../fields/locator';
import { workflowLocator } from '../fields/workflow';
import { isRecord } from '../transport/json';
import { choices, isWanted, note, wantedText } from './choices';

/** Names a channel by its URL or email address. */
function named(channel: unknown): unknown {
	if (!isRecord(channel)) return channel;
	const { url, email_config: email } = channel;
	return { ...channel, name: url ?? (isRecord(email) ? email.recipient_email : undefined) };
}

/** The ID of the workflow that is chosen next to the channel. Empty if none is. */
function chosenWorkflow(given: unknown): string {
	const { mode } = locatorValue(given);
	return addressedId(workflowLocator, mode, locatorText(given)) ?? '';
}

/** The dropdown of the notification channels of the chosen scope. */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const scope =
		this.getCurrentNodeParameter('scope') === 'workflow'
			? chosenWorkflow(this.getCurrentNodeParameter('workflowId'))
			: undefined;
	if (scope === '') return { results: [] };
	const lists = [];
	for (const kind of CHANNEL_KINDS) lists.push(await channelRows(this, scope, kind));
	const noteOf = ({ description }: Record<string, unknown>) => note(description);
	const entries = choices(this, 'list of channels', lists.flat().map(named), noteOf);
	return { results: entries.filter(isWanted(wantedText(filter))) };
}
