import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import type { Answer, NoAnswer } from './answer';
import { WHERE_TO_COPY } from './baseUrl';
import { CLOSED_HANDSHAKE, NO_TLS, NO_TUNNEL } from './rejection';
import { isRecord } from './json';
import { redact } from './redact';
import { maskSecrets, maskText } from './secrets';
import { joinSentences } from './sentences';
import { explainNoId, missingRecord, named, type NamedRecord, type Subject } from './subject';

/** The texts of an error: what happened, and what the user can do about it. */
export interface Explanation {
	message: string;
	description: string;
	/** A string, as n8n expects it; absent if the server did not respond. */
	httpCode?: string;
}

const LONGEST_DETAIL = 500;
/** The part of an unexpected body that is read at most. */
const LONGEST_BODY = 65_536;

/** Omits `input` and `ctx`: in a validation error, they contain the values that were sent (docs/api-notes.md 2.2). */
const withoutInput = (json: unknown) =>
	JSON.stringify(json, (key, value: unknown) => (/^(input|ctx)$/.test(key) ? undefined : value));

function validationLine(item: unknown): string {
	if (!isRecord(item)) return String(item);
	const path = Array.isArray(item.loc) ? item.loc.filter((step) => step !== 'body').join('.') : '';
	const text = typeof item.msg === 'string' ? item.msg : withoutInput(item);
	return path ? `${path}: ${text}` : text;
}

/**
 * Returns the server's own explanation from any of its error shapes (docs/api-notes.md 2.1): one line of at most 500
 * characters, with secrets masked. Empty for a web page or an empty body.
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
	// Mask before truncating: half a secret would not be recognized.
	const line = maskText(words.slice(0, LONGEST_BODY))
		.slice(0, 10 * LONGEST_DETAIL)
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();
	return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL)}…` : line;
}

const CHECK_URL = `Check the API URL in the credential. ${WHERE_TO_COPY}`;

function explainUnauthorized(detail: string): Omit<Explanation, 'httpCode'> {
	if (/malformed/i.test(detail)) {
		return {
			message: 'The API key is not a valid Unstructured key',
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
		message: 'Unstructured did not recognize this API key',
		description: `A key works only with the API URL shown next to it. Copy both again. ${WHERE_TO_COPY}`,
	};
}

/** The message for an unknown route, in contrast to an unknown record. */
export const NOTHING_FOUND = 'Nothing was found at the API URL';

function explainNotFound(detail: string, subject: NamedRecord): Omit<Explanation, 'httpCode'> {
	// The server responds with exactly this text to an unknown route, not to an unknown ID (docs/api-notes.md 1.6).
	if (detail === 'Not Found' || !detail) {
		return { message: NOTHING_FOUND, description: CHECK_URL };
	}
	if (!subject.id) {
		return {
			message: 'Unstructured did not find everything that the request names',
			description:
				"Check the IDs and names in this node's parameters. A record may have been deleted, or it may belong to an account that the API key doesn't belong to.",
		};
	}
	return {
		message: `${named(subject)} was not found`,
		description:
			subject.advice ??
			"Check the ID. It may have been deleted, or it may belong to an account that the API key doesn't belong to.",
	};
}

function explainStatus(
	statusCode: number,
	detail: string,
	subject: Subject,
): Omit<Explanation, 'httpCode'> & { isWhole?: boolean } {
	if (statusCode === 401) return explainUnauthorized(detail);
	const isUnknownRoute = statusCode === 404 && (detail === 'Not Found' || !detail);
	const noId = isUnknownRoute ? undefined : explainNoId(statusCode, detail, subject);
	if (noId) return noId;
	if (statusCode === 404) return explainNotFound(detail, missingRecord(detail, subject));
	const texts: Record<number, Omit<Explanation, 'httpCode'>> = {
		402: {
			message: 'Unstructured requires a payment or a higher quota',
			description: 'Check the billing page of your Unstructured account.',
		},
		403: {
			message: "The API key doesn't have permission for this",
			description: `${subject.id ? `${named(subject)} may belong to another workspace, or the role of the key doesn't allow this` : "The role of the key doesn't allow this"}. Use a key with access to it.`,
		},
		407: {
			message: 'The proxy requires a username and a password',
			description:
				'Nothing was sent to Unstructured. Set both in the proxy URL of n8n, for example HTTPS_PROXY=http://user:password@proxy:8080, and restart n8n.',
		},
		413: {
			message: 'The upload is too large for Unstructured',
			description:
				"Send fewer or smaller files per job: set 'Job Grouping' to 'One Job per Item', or split the items before this node.",
		},
		422: {
			message: 'Unstructured did not accept the values that were sent',
			description: 'Check the parameters of this node.',
		},
		429: {
			message: 'Unstructured is rate-limiting this account',
			description: 'Run fewer executions at the same time, or retry in a minute.',
		},
	};
	const known = texts[statusCode];
	if (known) return known;
	if (statusCode >= 500) {
		return {
			message: `Unstructured could not process the request (status ${statusCode})`,
			description: 'This is usually temporary. Retry in a few minutes.',
		};
	}
	if (statusCode === 304) {
		return {
			message: 'A cache responded that nothing has changed (status 304)',
			description:
				'This node never requests a cached response. Check the proxies and caches between n8n and Unstructured.',
		};
	}
	if (statusCode >= 300 && statusCode < 400) {
		return {
			message: 'The API URL redirects to another URL',
			description: `Redirects are not followed, so the API key never reaches another host. ${CHECK_URL}`,
		};
	}
	return {
		message: `Unstructured did not accept the request (status ${statusCode})`,
		description: 'Check the parameters of this node.',
	};
}

/** Explains an unexpected response: a status other than 2xx, or a 2xx without usable JSON. */
export function explainAnswer(answer: Answer, subject: Subject): Explanation {
	const { statusCode, text } = answer;
	const detail = serverDetail(answer);
	const httpCode = String(statusCode);
	const isWebPage = answer.json === undefined && /^\s*</.test(text);
	if (statusCode >= 200 && statusCode < 300) {
		return {
			message: isWebPage
				? 'The API URL returned a web page instead of data'
				: 'The response from Unstructured could not be read',
			description: isWebPage
				? `A sign-in page, a proxy, or the web interface may have responded. ${CHECK_URL}`
				: joinSentences(
						`The response was not the expected JSON${detail ? `: ${detail.slice(0, 200)}` : ''}`,
						'Retry. If it happens again, check the API URL in the credential.',
					),
			httpCode,
		};
	}
	const { message, description, isWhole } = explainStatus(statusCode, detail, subject);
	if (isWhole) return { message, description, httpCode };
	const said = /^(Not Found|\{\})?$/.test(detail) ? '' : `Unstructured said: ${detail}`;
	const page = isWebPage ? 'The response was a web page, perhaps from a proxy.' : '';
	return { message, description: joinSentences(description, said, page), httpCode };
}

/** Explains why no complete response arrived. `message` has no error codes: n8n would replace the whole text. */
export function explainNoAnswer({ code, neverSent, message }: NoAnswer, host: string): Explanation {
	if (NO_TUNNEL.test(message)) {
		return {
			message: `The proxy did not connect to ${host}`,
			description: joinSentences(
				`Nothing was sent to Unstructured. Check the proxy settings of n8n, and that the proxy allows ${host}`,
				`Details: ${message}`,
			),
		};
	}
	if (NO_TLS.test(message)) {
		return {
			message: `The server at ${host} doesn't use HTTPS`,
			description:
				'Check the host and port of the API URL in the credential. For a server on the n8n machine itself, begin the URL with http://.',
		};
	}
	if (CLOSED_HANDSHAKE.test(message)) {
		return {
			message: `Could not establish a secure connection to ${host}`,
			description:
				'The server closed the connection before it was secure, so it may not use HTTPS. Check the host and port of the API URL in the credential, and the proxies and firewalls between n8n and Unstructured.',
		};
	}
	const reasons: Array<[RegExp, string, string]> = [
		[
			/^(ENOTFOUND|EAI_AGAIN)$/,
			`The host ${host} was not found`,
			joinSentences('Check the DNS settings of the n8n server', CHECK_URL),
		],
		[
			/^ECONNREFUSED$/,
			`Could not connect to ${host}`,
			'The server may be down, or the API URL in the credential may have the wrong host or port.',
		],
		[
			/^(ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT|ERR_STREAM_PREMATURE_CLOSE)$/,
			`The request to ${host} timed out`,
			'The server or the network is slow or unavailable. Retry in a few minutes.',
		],
		[
			/^TOO_LARGE$/,
			`The response from ${host} is too large`,
			'A response can have up to 64 MiB. Set a limit or a filter, or check what responds at the API URL.',
		],
		[
			/CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO/,
			`Could not establish a secure connection to ${host}`,
			'Check the API URL in the credential, and that the n8n server trusts the certificate of the host.',
		],
		[
			/^(ECONNRESET|EPIPE|ERR_BAD_RESPONSE)$/,
			`The connection to ${host} was closed before the response was complete`,
			'Retry. If it happens again, check the proxies and firewalls between n8n and Unstructured.',
		],
	];
	const [, title, fix] = reasons.find(([pattern]) => pattern.test(code)) ?? [
		undefined,
		neverSent ? `Could not connect to ${host}` : `${host} did not respond`,
		'Check the network of the n8n server and the API URL in the credential.',
	];
	const cause = maskText([code, message].filter(Boolean).join(': ')).slice(0, 200);
	return { message: title, description: joinSentences(fix, cause && `Details: ${cause}`) };
}

/** Creates an error from its texts: wrapping a rejection would keep the texts of that (docs/n8n-notes.md 3.1). */
export function apiError(node: INode, explanation: Explanation, secret = ''): NodeApiError {
	const message = redact(explanation.message, secret);
	const description = redact(explanation.description, secret);
	const { httpCode } = explanation;
	const response: JsonObject = httpCode ? { message, httpCode } : { message };
	return new NodeApiError(node, response, { message, description, httpCode });
}
