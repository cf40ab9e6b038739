import { joinSentences } from './sentences';

const DEFAULT_API_URL = 'https://platform.unstructuredapp.io';

/** Where both kinds of accounts show the URL and the key, with the labels of those pages (docs/api-notes.md 1.2, 1.3). */
export const WHERE_TO_COPY =
	'For a Pipelines account, copy "Unstructured API Endpoint" and the key from the API Keys page. For a Transform account, copy "API URL" and "API Key" from https://transform.unstructured.io/api-keys.';

/** Hosts that users paste by mistake: they have no API for jobs (docs/api-notes.md 1.1). */
const OTHER_HOSTS: Array<[pattern: RegExp, what: string]> = [
	[/^(platform|developer)\.unstructured\.io$/, 'the Unstructured web interface'],
	[/^api\.unstructured(app)?\.io$/, 'the Partition Endpoint, another Unstructured product'],
];

/** The web page, API version 2, and the MCP server belong to one account, whose jobs have one base URL. */
const TRANSFORM_HOST = /(^|\.)transform\.unstructured\.io$/;
const TRANSFORM_JOBS_HOST = 'platform-api.transform.unstructured.io';

export interface BaseUrl {
	/** Absolute, with the `/api/v1` prefix, without a trailing slash. */
	url: string;
	host: string;
	/** Whether it is the host of Transform accounts. */
	isTransform: boolean;
}

/** Why an API URL can't be used, for the user who entered it. */
export interface UnusableUrl {
	reason: string;
	fix: string;
}

/**
 * Whether a host is this machine.
 * @param hostname from a parsed URL
 */
export const isLoopback = (hostname: string) =>
	hostname === '[::1]' || /(^|\.)localhost$/.test(hostname) || /^127(\.\d+){3}$/.test(hostname);

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*)$/;

/** Parses a pasted URL: removes quotes around it and adds a missing scheme. Undefined for anything else. */
function parse(typed: string): URL | undefined {
	const bare = typed.replace(/^[\s"'`<\u200b\ufeff]+|[\s"'`>\u200b\ufeff]+$/g, '');
	const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(bare);
	// "https:/host" would otherwise become the host "https".
	if (!hasScheme && /^https?[:;/\\]/i.test(bare)) return undefined;
	const withScheme = hasScheme ? bare : `https://${bare || DEFAULT_API_URL.slice(8)}`;
	if (!URL.canParse(withScheme)) return undefined;
	const url = new URL(withScheme);
	url.hostname = url.hostname.replace(/\.+$/, '');
	return url.host === '' || HOST.test(url.hostname) ? url : undefined;
}

/**
 * Turns the credential's API URL into the base URL of all calls. Accepts it with or without a scheme, trailing slash,
 * `/api/v1`, query, or fragment, and keeps a path prefix. Any Transform URL becomes the base URL of its jobs. Rejects plain
 * `http:` except on this machine, so the key never crosses a network unencrypted.
 */
export function resolveBaseUrl(apiUrl: string): BaseUrl | UnusableUrl {
	const parsed = parse(apiUrl);
	if (!parsed) {
		return {
			// The part before an "@" may be a secret.
			reason: `The API URL '${apiUrl.trim().replace(/^.*@/s, '…@').slice(0, 200)}' is not a valid URL`,
			fix: joinSentences(`Enter one URL, for example ${DEFAULT_API_URL}`, WHERE_TO_COPY),
		};
	}
	const { protocol, host, hostname, pathname, username, password } = parsed;
	if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
		return {
			reason: `The API URL must start with https://, but it starts with ${protocol}//`,
			fix: 'Change the API URL in the credential to https://, so the API key is never sent unencrypted.',
		};
	}
	if (username || password) {
		return {
			reason: 'The API URL contains a username or a password',
			fix: 'Remove everything between "://" and "@" from the API URL in the credential.',
		};
	}
	const other = OTHER_HOSTS.find(([pattern]) => pattern.test(hostname));
	if (other) {
		return { reason: `The API URL ${host} belongs to ${other[1]}`, fix: WHERE_TO_COPY };
	}
	if (TRANSFORM_HOST.test(hostname)) {
		const url = `https://${TRANSFORM_JOBS_HOST}/api/v1`;
		return { url, host: TRANSFORM_JOBS_HOST, isTransform: true };
	}
	const prefix = pathname.replace(/\/+$/, '').replace(/\/api\/v1(\/.*)?$/, '');
	return { url: `${protocol}//${host}${prefix}/api/v1`, host, isTransform: false };
}
