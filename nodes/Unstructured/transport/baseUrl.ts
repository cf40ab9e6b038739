const DEFAULT_API_URL = 'https://platform.unstructuredapp.io';

/** Hosts that people paste although the workflow API is not there (docs/api-notes.md 1.1, 1.2). */
const OTHER_HOSTS: Array<[pattern: RegExp, what: string]> = [
	[/^platform\.unstructured\.io$/, 'the Unstructured web interface'],
	[/^api\.unstructured(app)?\.io$/, 'the Partition Endpoint, another Unstructured product'],
	[/(^|[.-])transform\.unstructured\.io$/, 'Transform, another Unstructured product'],
];

export interface BaseUrl {
	/** Absolute, with the `/api/v1` prefix and without a trailing slash. */
	url: string;
	host: string;
}

/** Why an API URL can't be used, in words for the person who typed it. */
export interface UnusableUrl {
	reason: string;
	fix: string;
}

/** This machine itself; `hostname` is that of a parsed URL. */
export const isLoopback = (hostname: string) =>
	hostname === '[::1]' || /(^|\.)localhost$/.test(hostname) || /^127(\.\d+){3}$/.test(hostname);

/**
 * Turns the credential's API URL into the base of all calls. Taken with or without scheme, trailing slash,
 * `/api/v1`, query or fragment; a path prefix is kept. Plain `http:` is refused except on loopback, so that
 * the key never crosses a network in the clear.
 */
export function resolveBaseUrl(apiUrl: string): BaseUrl | UnusableUrl {
	const typed = apiUrl.trim() || DEFAULT_API_URL;
	const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
	if (!URL.canParse(withScheme)) {
		return {
			// What stands before an "@" may be a secret.
			reason: `The API URL '${typed.replace(/^.*@/s, '…@').slice(0, 200)}' is not a web address`,
			fix: `Use the "Unstructured API Endpoint" of your account, e.g. ${DEFAULT_API_URL}`,
		};
	}
	const { protocol, host, hostname, pathname, username, password } = new URL(withScheme);
	if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname))) {
		return {
			reason: `The API URL must start with https://, but it starts with ${protocol}//`,
			fix: 'Change the API URL in the credential to https://, so that the API key is never sent in the clear',
		};
	}
	if (username || password) {
		return {
			reason: 'The API URL contains a user name or password',
			fix: 'Remove everything between "://" and "@" from the API URL in the credential',
		};
	}
	const other = OTHER_HOSTS.find(([pattern]) => pattern.test(hostname));
	if (other) {
		return {
			reason: `The API URL ${host} is the address of ${other[1]}`,
			fix: `Use the "Unstructured API Endpoint" shown on the API Keys page, e.g. ${DEFAULT_API_URL}`,
		};
	}
	const prefix = pathname.replace(/\/+$/, '').replace(/\/api\/v1(\/.*)?$/, '');
	return { url: `${protocol}//${host}${prefix}/api/v1`, host };
}
