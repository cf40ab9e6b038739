import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { jobOfEvent, readJobOf } from '../jobs/reread';
import { once } from './once';
import { readJobEvent, type JobEvent } from './payload';
import { registration } from './registration';
import { RECEIVED, receive, refuse } from './respond';

/** Whether the event is one of those that the trigger is for; the channel may have been changed by hand. */
function isWanted(ctx: IWebhookFunctions, { event, workflowId }: JobEvent) {
	const events = ctx.getNodeParameter('events', []) as string[];
	const { scope } = registration(ctx) ?? {};
	return events.includes(event) && (!scope || workflowId === undefined || workflowId === scope);
}

/**
 * One signed event becomes one item: the job, with `event` and `webhook_id`. Every call is answered; what is not
 * signed, makes no sense or has come before starts nothing.
 */
export async function onJobEvent(ctx: IWebhookFunctions): Promise<IWebhookResponseData> {
	const call = receive(ctx, registration(ctx)?.secret ?? '');
	if ('refused' in call) return call.refused;
	const event = readJobEvent(call.body);
	if (!event) return refuse(ctx, 400, 'The body names no event or no job');
	if (!isWanted(ctx, event)) return { webhookResponse: RECEIVED };
	const { fetchJob = true } = ctx.getNodeParameter('options', {}) as { fetchJob?: boolean };
	return await once(ctx, call.id, async () => {
		const job = fetchJob ? await readJobOf(ctx, event) : jobOfEvent(event);
		return [{ json: { ...job, event: event.event, webhook_id: call.id } }];
	});
}
