import { NodeOperationError } from 'n8n-workflow';

/** The server answered, with whatever status. */
export interface Answer {
	statusCode: number;
	/** Lower-case names. */
	headers: Record<string, unknown>;
	/** The parsed body; undefined when it isn't JSON, or broke off. */
	json: unknown;
	/** The body as text: whole for a 2xx, else its first 64 KiB. */
	text: string;
	/** When the request was begun and when the head of the answer came, in Unix milliseconds of this machine. */
	sentAt: number;
	receivedAt: number;
}

/** No complete answer came. */
export interface NoAnswer {
	/** A Node.js or axios code such as `ECONNRESET`, or an empty string. */
	code: string;
	/** No byte of the request reached the server: no connection to it was made. */
	neverSent: boolean;
	message: string;
	/** A file that could not be read to its end; the request broke off with it, so the server never had it whole. */
	unreadableFile?: NodeOperationError;
}

export const isAnswer = (outcome: Answer | NoAnswer): outcome is Answer => 'statusCode' in outcome;

export const isGood = ({ statusCode }: Answer) => statusCode >= 200 && statusCode < 300;

/** Whether a write was carried out can't be told from this: no answer, an answer that can't be read, or a gateway's. */
export const isOpen = (outcome: Answer | NoAnswer) =>
	isAnswer(outcome)
		? outcome.statusCode >= 500 || (isGood(outcome) && outcome.json === undefined)
		: !outcome.neverSent && !outcome.unreadableFile;
