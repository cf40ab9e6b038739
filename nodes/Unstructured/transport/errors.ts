import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import type { Answer, NoAnswer } from './answer';
import { WHERE_TO_COPY } from './baseUrl';
import { NO_TUNNEL } from './rejection';
import { isRecord } from './json';
import { redact } from './redact';
import { maskSecrets, maskText } from './secrets';
import { joinSentences } from './sentences';

/** A failure in words: what happened, and what the person can do about it. */
export interface Explanation {
	message: string;
	description: string;
	/** As a string, n8n's form; absent when no answer came. */
	httpCode?: string;
}

/** What a call was about, for its error texts: "The workflow 'f0a1…'". */
export interface Subject {
	/** Noun in lower case, e.g. `workflow`. */
	noun: string;
	id?: string;
}

const LONGEST_DETAIL = 500;
/** More is never read of a body that is not the one asked for. */
const LONGEST_BODY = 65_536;

/** `input` and `ctx` of a validation error hold what was sent (docs/api-notes.md 2.2). */
const withoutInput = (json: unknown) =>
	JSON.stringify(json, (key, value: unknown) => (/^(input|ctx)$/.test(key) ? undefined : value));

function validationLine(item: unknown): string {
	if (!isRecord(item)) return String(item);
	const path = Array.isArray(item.loc) ? item.loc.filter((step) => step !== 'body').join('.') : '';
	const text = typeof item.msg === 'string' ? item.msg : withoutInput(item);
	return path ? `${path}: ${text}` : text;
}

/**
 * The server's own words, from any of its error shapes (docs/api-notes.md 2.1), on one line and at most 500
 * characters, without the secrets that they quote. Empty for a web page or an empty body.
 */
export function serverDetail({ json, text }: Pick<Answer, 'json' | 'text'>): string {
	const detail = maskSecrets(
		isRecord(json) ? (json.detail ?? json.message ?? json.error ?? json) : json,
	);
	let words: string;
	if (Array.isArray(detail)) words = detail.slice(0, 10).map(validationLine).join('; ');
	else if (typeof detail === 'string') words = detail;
	else if (detail === undefined) words = /^\s*</.test(text) ? '' : text;
	else words = detail === null ? '' : withoutInput(detail);
	// Masked before it is cut off: half of a secret would not be recognized.
	const line = maskText(words.slice(0, LONGEST_BODY))
		.slice(0, 10 * LONGEST_DETAIL)
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL)}…` : line;
}

const CHECK_URL = `Check the API URL in the credential. ${WHERE_TO_COPY}`;

/** How an error text calls it. */
export const named = ({ noun, id }: Subject) =>
	id ? `The ${noun} '${id.slice(0, 100)}'` : `The ${noun}`;

function explainUnauthorized(detail: string): Omit<Explanation, 'httpCode'> {
	if (/malformed/i.test(detail)) {
		return {
			message: 'The API key does not have the form of an Unstructured key',
			description: `Copy the whole key again and paste it into the credential. ${WHERE_TO_COPY}`,
		};
	}
	if (/missing/i.test(detail)) {
		return {
			message: 'The API key is missing',
			description: `Paste the key into the credential. ${WHERE_TO_COPY}`,
		};
	}
	return {
		message: 'Unstructured does not know this API key',
		description: `A key belongs to one product, so it only works with the API URL that is shown next to it. Copy both again. ${WHERE_TO_COPY}`,
	};
}

/** Of an unknown route, as against an unknown record. */
export const NOTHING_FOUND = 'Nothing was found at the API URL';

function explainNotFound(detail: string, subject: Subject): Omit<Explanation, 'httpCode'> {
	// Exactly this text is the answer to an unknown route, not to an unknown id (docs/api-notes.md 1.6).
	if (detail === 'Not Found' || !detail) {
		return { message: NOTHING_FOUND, description: CHECK_URL };
	}
	return {
		message: `${named(subject)} was not found`,
		description:
			'It may have been deleted, or it belongs to another account than the API key. Check the ID',
	};
}

function explainStatus(statusCode: number, detail: string, subject: Subject) {
	if (statusCode === 401) return explainUnauthorized(detail);
	if (statusCode === 404) return explainNotFound(detail, subject);
	const texts: Record<number, Omit<Explanation, 'httpCode'>> = {
		402: {
			message: 'Unstructured asks for payment or a higher quota',
			description: 'Look at the billing page of your Unstructured account',
		},
		403: {
			message: 'The API key has no permission for this',
			description: `${named(subject)} may belong to another workspace, or the key's role does not allow it. Use a key of the workspace that it belongs to`,
		},
		407: {
			message: 'The proxy requires a user name and a password',
			description:
				'Nothing was sent to Unstructured. Set both in the proxy URL of n8n, for example HTTPS_PROXY=http://user:password@proxy:8080, and restart n8n.',
		},
		413: {
			message: 'The upload is too large for Unstructured',
			description:
				"Send fewer or smaller files in one job: set 'Job Grouping' to 'One Job per Item', or split the items before this node",
		},
		422: {
			message: 'Unstructured did not accept the values that were sent',
			description: 'Check the values that this node was given',
		},
		429: {
			message: 'Unstructured is getting too many requests from this account',
			description: 'Run fewer executions at the same time, or try again in a minute',
		},
	};
	const known = texts[statusCode];
	if (known) return known;
	if (statusCode >= 500) {
		return {
			message: `Unstructured could not answer (status ${statusCode})`,
			description: 'This usually passes. Try again in a few minutes',
		};
	}
	if (statusCode === 304) {
		return {
			message: 'A cache responded that nothing has changed (status 304)',
			description:
				'This node asks for no such response. Check proxies and caches between n8n and Unstructured.',
		};
	}
	if (statusCode >= 300 && statusCode < 400) {
		return {
			message: 'The API URL leads to another address',
			description: `Redirects are not followed, so that the API key stays with the host it is meant for. ${CHECK_URL}`,
		};
	}
	return {
		message: `Unstructured did not accept the request (status ${statusCode})`,
		description: 'Check the values that this node was given',
	};
}

/** Explains an answer that is not the one asked for: a status other than 2xx, or a 2xx without usable JSON. */
export function explainAnswer(answer: Answer, subject: Subject): Explanation {
	const { statusCode, text } = answer;
	const detail = serverDetail(answer);
	const httpCode = String(statusCode);
	const isWebPage = answer.json === undefined && /^\s*</.test(text);
	if (statusCode >= 200 && statusCode < 300) {
		return {
			message: isWebPage
				? 'The API URL answers with a web page instead of data'
				: 'The answer of Unstructured could not be read',
			description: isWebPage
				? `A sign-in page, a proxy or the web interface may be in the way. ${CHECK_URL}`
				: `The answer was not the JSON that this call gives${detail ? `: ${detail.slice(0, 200)}` : ''}. Try again; if it stays, check the API URL in the credential`,
			httpCode,
		};
	}
	const { message, description } = explainStatus(statusCode, detail, subject);
	const said = detail && detail !== 'Not Found' ? `Unstructured said: ${detail}` : '';
	const page = isWebPage ? 'The answer was a web page, perhaps from a proxy in between' : '';
	return { message, description: joinSentences(description, said, page), httpCode };
}

/** Explains why no (complete) answer came. Error codes stay out of `message`: n8n would replace the whole text. */
export function explainNoAnswer({ code, neverSent, message }: NoAnswer, host: string): Explanation {
	if (NO_TUNNEL.test(message)) {
		return {
			message: `The proxy made no connection to ${host}`,
			description: `Nothing was sent to Unstructured. Check the proxy settings of n8n, and whether the proxy allows ${host} (${message}).`,
		};
	}
	const reasons: Array<[RegExp, string, string]> = [
		[
			/^(ENOTFOUND|EAI_AGAIN)$/,
			`The host ${host} was not found`,
			`${CHECK_URL}, and this machine's DNS`,
		],
		[
			/^ECONNREFUSED$/,
			`Nothing answers at ${host}`,
			'The server may be down, or the API URL in the credential may have the wrong host or port',
		],
		[
			/^(ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT|ERR_STREAM_PREMATURE_CLOSE)$/,
			`No complete answer came from ${host} in time`,
			'The server or the network is slow or down. Try again in a few minutes',
		],
		[
			/^TOO_LARGE$/,
			`The answer of ${host} is too large to be read`,
			'An answer may have up to 64 MB. Ask for less with a limit or a filter, or look at what answers at the API URL',
		],
		[
			/CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO/,
			`No secure connection to ${host} could be made`,
			'Check that the API URL in the credential is right and that this machine trusts the certificate of the server',
		],
		[
			/^(ECONNRESET|EPIPE|ERR_BAD_RESPONSE)$/,
			`The connection to ${host} was closed before an answer came`,
			'Try again. If it stays, look at proxies and firewalls in between',
		],
	];
	const [, title, fix] = reasons.find(([pattern]) => pattern.test(code)) ?? [
		undefined,
		neverSent ? `No connection to ${host} could be made` : `No answer came from ${host}`,
		'Check the network of this machine and the API URL in the credential',
	];
	const cause = maskText([code, message].filter(Boolean).join(': ')).slice(0, 200);
	return { message: title, description: cause ? `${fix} (${cause})` : fix };
}

/** The one way from an explanation to an error: from parts, since wrapping keeps old texts (docs/n8n-notes.md 3.1). */
export function apiError(node: INode, explanation: Explanation, secret = ''): NodeApiError {
	const message = redact(explanation.message, secret);
	const description = redact(explanation.description, secret);
	const { httpCode } = explanation;
	const response: JsonObject = httpCode ? { message, httpCode } : { message };
	return new NodeApiError(node, response, { message, description, httpCode });
}
