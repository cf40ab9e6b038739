import { NodeOperationError, type IDataObject, type IHookFunctions } from 'n8n-workflow';
import {
	changeChannel,
	deleteChannel,
	findChannel,
	type Channel,
	type Scope,
} from '../api/channels';
import { chosenId } from '../fields/locator';
import { checkReachable, registerWebhook } from '../webhooks/register';
import { newSecret } from '../webhooks/signature';

/** The channel of a trigger, as its node's static data keeps it. */
interface Registration extends IDataObject {
	id: string;
	/** The workflow's id; null for the workspace. */
	scope: string | null;
	secret: string;
}

const INSTEAD =
	"Without such an address, use a Schedule Trigger and 'Job: Get Many' instead: see the example poll-for-new-jobs";

/** The channel that was registered, when there is one; n8n keeps that of a test event apart. */
export const registration = (ctx: Pick<IHookFunctions, 'getWorkflowStaticData'>) =>
	ctx.getWorkflowStaticData('node').channel as Registration | undefined;

const scopeOf = ({ scope }: Registration): Scope => scope ?? undefined;

function wantedScope(ctx: IHookFunctions): Scope {
	if (ctx.getNodeParameter('scope', 'workspace') !== 'workflow') return undefined;
	const value = ctx.getNodeParameter('workflowId', '', { extractValue: true }) as unknown;
	return chosenId(ctx, value, 'workflow', {
		description:
			"Select one in 'Workflow', or set 'Scope' to 'Workspace' to hear of the jobs of all workflows",
	});
}

function wantedEvents(ctx: IHookFunctions): string[] {
	const events = ctx.getNodeParameter('events', []) as string[];
	if (events.length > 0) return [...new Set(events)].sort();
	throw new NodeOperationError(ctx.getNode(), 'No event is chosen', {
		description: "Choose at least one in 'Events'",
	});
}

const urlOf = (ctx: IHookFunctions) => ctx.getNodeWebhookUrl('default') ?? '';

function isAsWanted({ url, enabled, event_types: events }: Channel, wanted: IDataObject) {
	const same = Array.isArray(events) && [...events].sort().join() === String(wanted.event_types);
	return url === wanted.url && enabled !== false && same;
}

/** Whether the channel is there, mended if somebody has changed or disabled it. */
export async function isRegistered(ctx: IHookFunctions): Promise<boolean> {
	const known = registration(ctx);
	if (!known) return false;
	if (scopeOf(known) !== wantedScope(ctx)) {
		await deleteChannel(ctx, scopeOf(known), known.id);
		return false;
	}
	const channel = await findChannel(ctx, scopeOf(known), known.id);
	if (!channel) return false;
	const wanted = { url: urlOf(ctx), event_types: wantedEvents(ctx) };
	if (isAsWanted(channel, wanted)) return true;
	await checkReachable(ctx, wanted.url, INSTEAD);
	const { secret } = known;
	await changeChannel(ctx, scopeOf(known), known.id, { ...wanted, enabled: true, secret });
	return true;
}

/** Registers the channel, with a secret of its own. */
export async function register(ctx: IHookFunctions): Promise<boolean> {
	const [scope, events, url] = [wantedScope(ctx), wantedEvents(ctx), urlOf(ctx)];
	await checkReachable(ctx, url, INSTEAD);
	const secret = newSecret();
	const { id, name } = ctx.getWorkflow();
	const channel = await registerWebhook(ctx, scope, {
		url,
		event_types: events,
		secret,
		description: `n8n workflow ${id ?? ''} "${name ?? ''}"`.slice(0, 255),
	});
	const made: Registration = { id: channel.id, scope: scope ?? null, secret };
	ctx.getWorkflowStaticData('node').channel = made;
	return true;
}

/** Removes the channel; one that is gone already is fine. */
export async function unregister(ctx: IHookFunctions): Promise<boolean> {
	const known = registration(ctx);
	if (!known) return true;
	await deleteChannel(ctx, scopeOf(known), known.id);
	delete ctx.getWorkflowStaticData('node').channel;
	return true;
}
