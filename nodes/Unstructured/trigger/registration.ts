import { NodeApiError, type IDataObject, type IHookFunctions } from 'n8n-workflow';
import { deleteChannel, listChannels, type Channel, type Scope } from '../api/channels';
import { apiError } from '../transport/errors';
import { channelSecret, describeWithRandomPart, randomPartOf } from '../webhooks/channelSecret';
import { checkReachable, MOST_CHANNELS, registerWebhook } from '../webhooks/register';
import { newSecret } from '../webhooks/signature';
import { fetchesJob, wantedEvents, wantedScope } from './parameters';
import { rememberSecret } from './secrets';

const INSTEAD =
	'Without such a URL, start the workflow with a Schedule Trigger and \'Job: Get Many\'. See the example "Poll for new jobs".';

const urlOf = (ctx: IHookFunctions) => ctx.getNodeWebhookUrl('default') ?? '';

/** Contains the last registered scope. It is only a hint: n8n resets static data when a longer execution finishes. */
const staticData = (ctx: IHookFunctions) =>
	ctx.getWorkflowStaticData('node') as IDataObject & { scope?: string | null };

/** Reads the channels that call this trigger. A copy of n8n's database with another URL has its own. */
async function ownChannels(ctx: IHookFunctions, scope: Scope): Promise<Channel[]> {
	const url = urlOf(ctx);
	try {
		return (await listChannels(ctx, scope, 'webhook')).filter((channel) => channel.url === url);
	} catch (error) {
		// The channels of a workflow are deleted with it.
		if (scope !== undefined && error instanceof NodeApiError && error.httpCode === '404') return [];
		throw error as Error;
	}
}

/** Deletes the trigger's channels in all these scopes. */
async function deleteOwnChannels(ctx: IHookFunctions, scopes: Scope[]) {
	for (const scope of new Set(scopes)) {
		for (const { id } of await ownChannels(ctx, scope)) await deleteChannel(ctx, scope, id);
	}
}

/** Returns the scopes that may contain a channel of an earlier registration. */
const earlierScopes = (ctx: IHookFunctions): Scope[] => [
	undefined,
	staticData(ctx).scope ?? undefined,
];

function tooMany(ctx: IHookFunctions, scope: Scope) {
	const owner = scope === undefined ? 'The workspace' : `The workflow '${scope}'`;
	return apiError(ctx.getNode(), {
		message: `${owner} already has ${MOST_CHANNELS} webhook channels, the limit of Unstructured`,
		description:
			"List them with 'Notification Channel: Get Many', and delete an unused one with 'Notification Channel: Delete'. Keep those whose description begins with \"n8n\": other workflows and waiting executions need them.",
	});
}

/** Whether the channel exists. If so, it is also restored, in case someone changed or disabled it. */
export async function isRegistered(ctx: IHookFunctions): Promise<boolean> {
	const found = await ownChannels(ctx, wantedScope(ctx));
	return found.length > 0 && (await register(ctx));
}

/**
 * Registers the channel and its secret. The API never returns a secret, so it is always written. Afterwards there is exactly
 * one channel, whatever earlier registrations created.
 */
export async function register(ctx: IHookFunctions): Promise<boolean> {
	const [scope, events, url] = [wantedScope(ctx), wantedEvents(ctx), urlOf(ctx)];
	// An invalid value would lose an event later. Here, the user who publishes the workflow sees it.
	fetchesJob(ctx);
	await checkReachable(ctx, url, INSTEAD);
	await deleteOwnChannels(
		ctx,
		earlierScopes(ctx).filter((earlier) => earlier !== scope),
	);
	const { id, name } = ctx.getWorkflow();
	let secret = '';
	const channel = await registerWebhook(ctx, scope, url, (existing) => {
		const randomPart = (existing && randomPartOf(existing)) ?? newSecret();
		secret = channelSecret(ctx.getInstanceId(), url, randomPart);
		const text = `n8n workflow ${id ?? ''} "${name ?? ''}"`;
		return { event_types: events, secret, description: describeWithRandomPart(text, randomPart) };
	});
	if (!channel) throw tooMany(ctx, scope);
	rememberSecret(ctx, secret);
	const data = staticData(ctx);
	data.scope = scope ?? null;
	return true;
}

/** Deletes the channel, if it exists. */
export async function unregister(ctx: IHookFunctions): Promise<boolean> {
	const scopes = earlierScopes(ctx);
	try {
		scopes.push(wantedScope(ctx));
	} catch {
		// Without a workflow, nothing was registered in its scope.
	}
	await deleteOwnChannels(ctx, scopes);
	return true;
}
