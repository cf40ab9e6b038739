import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

/** The receiver of an event, and the key that signs it. */
export interface Receiver {
	url: string;
	secret?: string;
}

/** The result of an attempt. */
export interface Attempt {
	/** ISO time. */
	at: string;
	/** The status of the response. Null without a response. */
	status: number | null;
	/** The first 1000 characters of the response. */
	answer: string | null;
	/** Why there was no response. */
	error: string | null;
	/** Milliseconds until the response. */
	took: number;
}

/** How a delivery differs from a genuine one. */
export interface Tampering {
	/** How far the timestamp is in the past, or in the future if negative. */
	staleSeconds?: number;
	/** Signed with another secret. */
	forged?: boolean;
	/** The body was changed after it was signed. */
	tampered?: boolean;
	/** Without a signature. */
	unsigned?: boolean;
	/** Further signatures in the header, before the right one. */
	otherSignatures?: string[];
	/** The prefix of the headers: `webhook` by default, or `svix`. */
	prefix?: string;
	/** The body is sent at this speed. */
	bytesPerSecond?: number;
}

/** Creates the headers of Standard Webhooks. The key is the secret as it is (docs/api-notes.md 8.4). */
function signedHeaders(id: string, body: string, secret: string | undefined, how: Tampering) {
	const { prefix = 'webhook', otherSignatures = [], staleSeconds = 0 } = how;
	const time = new Date(Date.now() - staleSeconds * 1000);
	const headers: Record<string, string> = {
		[`${prefix}-id`]: id,
		[`${prefix}-timestamp`]: String(Math.floor(time.getTime() / 1000)),
	};
	if (secret === undefined || how.unsigned) return headers;
	const key = Buffer.from(how.forged ? `${secret}?` : secret, 'utf8');
	const signature = new Webhook(key, { format: 'raw' }).sign(id, time, body);
	headers[`${prefix}-signature`] = [...otherSignatures, signature].join(' ');
	return headers;
}

async function* trickle(body: Buffer, bytesPerSecond: number) {
	const size = Math.max(1, Math.round(bytesPerSecond / 10));
	for (let at = 0; at < body.length; at += size) {
		yield body.subarray(at, at + size);
		await delay(100);
	}
}

function whyNot(error: unknown): string {
	const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
	return name === 'TimeoutError' ? 'timed out' : (cause?.code ?? cause?.message ?? message);
}

/**
 * Sends one event once. Never throws: the attempt says what went wrong.
 * @param id of the message, the same for each attempt
 * @param signal aborts the attempt, like a receiver that takes too long
 */
export async function post(
	{ url, secret }: Receiver,
	id: string,
	body: string,
	how: Tampering,
	signal: AbortSignal,
): Promise<Attempt> {
	const from = Date.now();
	const sent = Buffer.from(how.tampered ? body.replace('{', '{"tampered":true,') : body);
	const attempt: Attempt = {
		at: new Date(from).toISOString(),
		status: null,
		answer: null,
		error: null,
		took: 0,
	};
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				...signedHeaders(id, body, secret, how),
			},
			redirect: 'manual',
			signal,
			body: how.bytesPerSecond
				? Readable.toWeb(Readable.from(trickle(sent, how.bytesPerSecond)))
				: sent,
			duplex: 'half',
		});
		attempt.answer = (await response.text()).slice(0, 1000);
		attempt.status = response.status;
	} catch (error) {
		attempt.error = whyNot(error);
	}
	attempt.took = Date.now() - from;
	return attempt;
}
