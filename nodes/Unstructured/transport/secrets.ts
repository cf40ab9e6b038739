import { isRecord } from './json';

/** Replaces a secret. */
export const MASK = '*****';

/** Words that make a name secret anywhere in it: `es_api_token`, `clientSecret`, `Authorization`. */
const SECRET_WORDS =
	/(?:^|_)(?:apikey|authorization|bearer|creds?|credentials?|dsn|hmac|jwt|keytab|pass(?:code|phrase|wd)|password|pem|pwd|sas|secrets?|tokens?)(?:_|$)/;
/** Words that make a name secret only at its end: `client_cert`, but not `cert_path`. */
const LAST_WORDS =
	/(?:^|_)(?:auth|certificate|cert|cookies?|keys?(?:_(?:b64|base64|content|data|id|json|pem|string|text|value))?|oauth|otp|pass|pat|pin|private|pw|session|sig|signature)$/;
/** Parts that make a name secret without a separator, and names of texts that contain a secret. */
const SECRET_PARTS =
	/passw|secret|(?:api|access|account|private|signing|encryption|license|ssh|ssl|tls)keys?|key_?file|conn(?:ection)?_?str|app_?config|service_?account(?:_(?:json|info))?$|(?:jdbc|database|db|webhook|sas)_?ur[il]|user_?pass/;
/** Names that only describe a secret, and names of columns, fields, and counts. */
const NO_SECRET = new RegExp(
	[
		'_(?:algorithm|columns?|count|enabled|endpoint|fields?|format|header|length|limit|method|mode|names?|per_\\w+|provider|required|size|type|ur[il]|used|version)$',
		'(?:^|_)(?:cache|content|dedup|document|embedding|field|foreign|group|hash|id|index|join|merge|metadata|object|page|partition|primary|public|range|routing|row|sort|text|unique|vector)_keys?$',
		'(?:^|_)(?:max|min|num|total|n)_(?:\\w+_)?(?:keys|tokens)$',
	].join('|'),
);
/** URLs that are secret as a whole. Those of a sign-in are not. */
const SECRET_URL = /(?:jdbc|database|db|webhook|sas|connection)_?ur[il]$/;

/** Converts `es_api_key`, `api-token`, and `clientSecret` to one spelling. */
const snakeCase = (name: string) =>
	name
		.replace(/([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2_')
		.replace(/[^a-zA-Z0-9]+/g, '_')
		.toLowerCase();

/** Whether the value under this name is a secret. */
export function isSecretName(name: string): boolean {
	const spelled = snakeCase(name);
	if (SECRET_URL.test(spelled)) return true;
	if (NO_SECRET.test(spelled)) return false;
	return [SECRET_WORDS, LAST_WORDS, SECRET_PARTS].some((pattern) => pattern.test(spelled));
}

interface TextPattern {
	pattern: RegExp;
	/** Returns the secret in a match. Undefined if there is none. */
	secret: (match: string[]) => string | undefined;
}

const named = (name: string, value: string) => (isSecretName(name) ? value : undefined);

/** The patterns of secrets anywhere in a text. The first one that matches a place decides. */
const TEXT_PATTERNS: TextPattern[] = [
	{
		pattern: /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g,
		secret: ([all]) => all,
	},
	// `"name": "value"`, even in JSON within JSON, and if truncated.
	{
		pattern: /(\\*["'])([\w .-]{1,100})\1\s*:\s*(\\+["'])([\s\S]*?)(?:\3|$)/g,
		secret: ([, , name, , value]) => named(name!, value!),
	},
	{
		pattern: /(["'])([\w .-]{1,100})\1\s*:\s*(?:"((?:\\.|[^"\\])*)|'((?:\\.|[^'\\])*)|(\d+))/g,
		secret: ([, , name, a, b, c]) => named(name!, a ?? b ?? c!),
	},
	// `scheme://user:password@`. The password may contain further characters of a URL, but a port is not a password.
	{
		pattern:
			/\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{0,200}:(?!\d{1,5}[/?#])((?:(?!\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s"'<>]){1,500})@/gi,
		secret: ([, password]) => password,
	},
	{
		pattern: /:\/\/(?=[^\s:/@]*\d)([^\s:/@]{20,})@/g,
		secret: ([, token]) => token,
	},
	// `name=value` in connection strings and queries.
	{
		pattern:
			/(?<![\w.-])([\w.-]{1,100})\s?=\s?(?:"([^"]*)"|'([^']*)'|\{([^}]*)\}|([^\s;&"'<>)\]}]+))/g,
		secret: ([, name, a, b, c, d]) => named(name!, a ?? b ?? c ?? d!),
	},
	{
		pattern:
			/\b(?:[Bb]earer|BEARER|[Bb]asic|BASIC)\s+(?=\S*[\d\-_=+/]|\S+[A-Z]|\S+\.\S)([\w.~+/=-]{6,})/g,
		secret: ([, token]) => token,
	},
	{
		pattern:
			/\b(?:eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|sk-[\w-]{16,}|gh[a-z]_\w{20,}|glpat-[\w-]{16,}|xox[a-z]-[\w-]{10,}|AKIA[0-9A-Z]{12,}|AIza[\w-]{20,})/g,
		secret: ([all]) => all,
	},
];

/** A URL with spaces in its password counts only if it is the whole text. */
const URL_WITH_SPACES =
	/^\s*[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:(?!\d{1,5}[/?#])([^@]*\s[^@]*)@\S*\s*$/i;

/** Calls `found` with each secret of a text, and replaces the secret with the result. */
function replaceSecrets(text: string, found: (secret: string) => string): string {
	const whole = URL_WITH_SPACES.exec(text)?.[1];
	if (whole) return text.replace(whole, () => found(whole));
	return TEXT_PATTERNS.reduce(
		(rest, { pattern, secret }) =>
			rest.replace(pattern, (...match: string[]) => {
				const all = match[0]!;
				const value = secret(match);
				if (!value) return all;
				const at = all.lastIndexOf(value);
				return all.slice(0, at) + found(value) + all.slice(at + value.length);
			}),
		text,
	);
}

/** Masks the secrets in a text that are recognizable by their form or by a name next to them. */
export const maskText = (text: string) => replaceSecrets(text, () => MASK);

/** Whether a value can be a secret: an empty value means that none is set, and a switch is not one. */
const isSet = (value: unknown) =>
	value !== undefined &&
	value !== null &&
	value !== '' &&
	typeof value !== 'boolean' &&
	!(typeof value === 'object' && Object.keys(value).length === 0);

/** Whether a value is a secret. A number with a plural name, such as `tokens`, is a count. */
const isSecret = (name: string, value: unknown) =>
	isSet(value) && isSecretName(name) && !(typeof value === 'number' && /s$/i.test(name));

/** Masks the secrets in a value at any depth, by the names of keys and by the form of texts. */
export function maskSecrets<T>(value: T, name?: string): T;
export function maskSecrets(value: unknown, name = ''): unknown {
	if (isSecret(name, value)) return MASK;
	if (typeof value === 'string') return maskText(value);
	if (Array.isArray(value)) return value.map((one: unknown) => maskSecrets(one));
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, one]) => [key, maskSecrets(one, key)]),
	);
}

const leaves = (value: unknown): string[] =>
	typeof value === 'object' && value !== null
		? Object.values(value).flatMap(leaves)
		: [String(value ?? '')];

/** Returns the texts that `maskSecrets` masks. */
export function secretsIn(value: unknown, name = ''): string[] {
	if (isSecret(name, value)) return leaves(value).filter((text) => text !== '');
	if (typeof value === 'string') {
		const found: string[] = [];
		replaceSecrets(value, (secret) => {
			found.push(secret);
			return MASK;
		});
		return found;
	}
	if (Array.isArray(value)) return value.flatMap((one) => secretsIn(one));
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([key, one]) => secretsIn(one, key));
}

/** A text, or the secret in it, that this node, the API, or another client masked. */
const MASKED = /[*•●]{3,}|^<?\[?(?:redacted|hidden|masked)\]?>?$/i;
const ONLY_MASK = /^\s*(?:[*•●]{3,}|<?\[?redacted\]?>?)\s*$/i;

/** Whether a value contains a mask instead of a secret, as in the records that this node and others return. */
export const holdsMask = (value: unknown): boolean =>
	leaves(value).some((text) => ONLY_MASK.test(text)) ||
	secretsIn(value).some((secret) => MASKED.test(secret));
