import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { CHANNEL_KINDS, listChannels, type Channel } from '../api/channels';

/** Where a channel sends to, and what it is for. */
function label({ id, url, email_config: email, description }: Channel) {
	const { recipient_email: recipient } = (email ?? {}) as { recipient_email?: unknown };
	const target = [url, recipient].find((one) => typeof one === 'string' && one !== '') ?? id;
	return `${String(target)}${description ? ` (${String(description)})` : ''}`;
}

/** The dropdown of the notification channels of the chosen scope. */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const isOfWorkflow = this.getCurrentNodeParameter('scope') === 'workflow';
	const chosen = this.getCurrentNodeParameter('workflowId', { extractValue: true });
	const scope = isOfWorkflow ? String(chosen ?? '') : undefined;
	if (scope === '') return { results: [] };
	const lists = [];
	for (const kind of CHANNEL_KINDS) lists.push(await listChannels(this, scope, kind));
	const results = lists
		.flat()
		.map((channel) => ({ name: label(channel), value: channel.id }))
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
	return { results };
}
