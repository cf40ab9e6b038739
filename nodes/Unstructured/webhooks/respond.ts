import type { IWebhookFunctions } from 'n8n-workflow';
import { verify, type Verdict } from './signature';

/** The answer to a delivery that was taken. */
export const RECEIVED = { received: true };

/** Answers a call, and starts nothing. */
export function refuse(ctx: IWebhookFunctions, status: number, message: string) {
	const response = ctx.getResponseObject();
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify({ message }));
	return { noWebhookResponse: true };
}

/** The bytes that came; undefined for a body that n8n has read and not kept, such as a form. */
function rawBody(ctx: IWebhookFunctions): Buffer | undefined {
	const { rawBody: bytes } = ctx.getRequestObject() as { rawBody?: unknown };
	return Buffer.isBuffer(bytes) ? bytes : undefined;
}

/** The bytes of a call and its delivery id, when its signature is good; otherwise it was answered, and n8n's log says why. */
export function receive(
	ctx: IWebhookFunctions,
	secret: string,
): { body: Buffer; id: string } | { refused: { noWebhookResponse: boolean } } {
	const body = rawBody(ctx);
	if (!body) return { refused: refuse(ctx, 400, 'The body must be JSON') };
	const verdict: Verdict = verify(body, ctx.getHeaderData(), secret, Date.now());
	if ('id' in verdict) return { body, id: verdict.id };
	ctx.logger.warn(
		`A call of the webhook of '${ctx.getNode().name}' was refused: ${verdict.reason}`,
		{
			workflowId: ctx.getWorkflow().id,
		},
	);
	return { refused: refuse(ctx, 401, 'The signature is not valid') };
}
