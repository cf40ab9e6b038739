import { NodeOperationError } from 'n8n-workflow';

/** A response of the server, with any status. */
export interface Answer {
	statusCode: number;
	/** Lower-case names. */
	headers: Record<string, unknown>;
	/** The parsed body. Undefined if it is not JSON or is incomplete. */
	json: unknown;
	/** The body as text: complete for a 2xx, otherwise its first 64 KiB. */
	text: string;
	/** When the request started and when the response headers arrived, in Unix milliseconds of this machine. */
	sentAt: number;
	receivedAt: number;
}

/** An exchange without a complete response. */
export interface NoAnswer {
	/** A Node.js or axios code such as `ECONNRESET`, or an empty string. */
	code: string;
	/** Whether no byte of the request reached the server, because no connection was established. */
	neverSent: boolean;
	message: string;
	/** Whether a further attempt would fail as well: the server has no TLS, or no trusted certificate. */
	isLasting?: boolean;
	/** The reason if a file could not be read to its end. The request ended with it, so the server never received all of it. */
	unreadableFile?: NodeOperationError;
}

export const isAnswer = (outcome: Answer | NoAnswer): outcome is Answer => 'statusCode' in outcome;

export const isGood = ({ statusCode }: Answer) => statusCode >= 200 && statusCode < 300;

/** Whether a write may or may not have been carried out: there is no response, an unreadable one, or one from a gateway. */
export const isOpen = (outcome: Answer | NoAnswer) =>
	isAnswer(outcome)
		? outcome.statusCode >= 500 || (isGood(outcome) && outcome.json === undefined)
		: !outcome.neverSent && !outcome.unreadableFile;
