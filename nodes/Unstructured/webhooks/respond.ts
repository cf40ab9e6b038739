import type { IWebhookFunctions } from 'n8n-workflow';
import { describeKeys } from './payload';
import { UNFIT, verify } from './signature';

/** The response to a delivery that was accepted. */
export const RECEIVED = { received: true };

/** Responds to a call with a status and a message, and starts no execution. */
export function refuse(ctx: IWebhookFunctions, status: number, message: string) {
	const response = ctx.getResponseObject();
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify({ message }));
	return { noWebhookResponse: true };
}

/** Why a call was rejected. */
interface Rejection {
	status: number;
	message: string;
	/** The end of a sentence in n8n's log. */
	reason: string;
	/** Whether the call is signed, but with none of the secrets. */
	unfit: boolean;
}

/** A delivery with a valid signature, or the reason why it was rejected. */
export type CheckedCall = { body: Buffer; id: string } | Rejection;

/** Returns the received bytes. Undefined for a body that n8n parsed without keeping it, such as a form. */
function rawBody(ctx: IWebhookFunctions): Buffer | undefined {
	const { rawBody: bytes } = ctx.getRequestObject() as { rawBody?: unknown };
	return Buffer.isBuffer(bytes) ? bytes : undefined;
}

/** Checks the signature of a call. It must match one of the secrets. */
export function checkCall(ctx: IWebhookFunctions, secrets: string[]): CheckedCall {
	const body = rawBody(ctx);
	if (!body) {
		const message = 'The body must be JSON';
		return { status: 400, message, reason: 'its body is not JSON', unfit: false };
	}
	const verdicts = (secrets.length > 0 ? secrets : ['']).map((secret) =>
		verify(body, ctx.getHeaderData(), secret, Date.now()),
	);
	const good = verdicts.find((verdict) => 'id' in verdict);
	if (good) return { body, id: good.id };
	const reasons = verdicts.flatMap((verdict) => ('reason' in verdict ? [verdict.reason] : []));
	const reason = reasons.find((one) => one !== UNFIT) ?? UNFIT;
	const unfit = secrets.length === 0 || reason === UNFIT;
	return { status: 401, message: 'The signature is not valid', reason, unfit };
}

/** Responds to a call without a valid signature. n8n's log says why it was rejected. */
export function rejectCall(ctx: IWebhookFunctions, { status, message, reason }: Rejection) {
	const text = `A call to the webhook of '${ctx.getNode().name}' was rejected: ${reason}`;
	ctx.logger.warn(text, { workflowId: ctx.getWorkflow().id });
	return refuse(ctx, status, message);
}

/** Responds to a delivery that names no event or no job. n8n's log names its keys. */
export function rejectUnreadable(ctx: IWebhookFunctions, body: Buffer) {
	const reason = `it names no event or no job. Its keys: ${describeKeys(body)}`;
	return rejectCall(ctx, {
		status: 400,
		message: 'The body names no event or no job',
		reason,
		unfit: false,
	});
}
