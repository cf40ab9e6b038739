import { sleep, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { jobOfEvent, readJobOf } from '../jobs/reread';
import { readJobEvent, type JobEvent } from './payload';
import { registration } from './registration';
import { answer, RECEIVED, receive, refuse } from './respond';
import { isRepeated } from './seen';

/** The sender gives up after 15 s (unstructured-api.md 9.5), and is not to wait for a slow API. */
const ANSWER_WITHIN_MS = 1_000;

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
	if (!isWanted(ctx, event) || isRepeated(ctx, call.id, Date.now())) {
		return { webhookResponse: RECEIVED };
	}
	const { fetchJob = true } = ctx.getNodeParameter('options', {}) as { fetchJob?: boolean };
	const job = fetchJob ? readJobOf(ctx, event) : Promise.resolve(jobOfEvent(event));
	await Promise.race([job, sleep(ANSWER_WITHIN_MS)]);
	// Not left to n8n: 2.41 answers after it has started the execution, and has then lost that static data was changed.
	answer(ctx, 200, RECEIVED);
	const json = { ...(await job), event: event.event, webhook_id: call.id };
	return { workflowData: [[{ json }]], noWebhookResponse: true };
}
