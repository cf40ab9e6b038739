import { isRecord } from '../../transport/json';

const MASK = '*****';

const SECRET_WORDS = new Set([
	'apikey',
	'cred',
	'credential',
	'credentials',
	'key',
	'keys',
	'pass',
	'passphrase',
	'password',
	'passwd',
	'pat',
	'pwd',
	'secret',
	'secrets',
	'token',
]);
/** Secrets by another name: the whole text of an app's configuration, or an address with a key in it. */
const SECRET_NAMES = /connection_?string|app_config/i;
/** Names of columns and fields. */
const NO_SECRETS = /(record_id|primary|partition|sort)_key$/i;
/** `scheme://user:password@` of an address; the password may hold further signs of an address. */
const URL_PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:)([^\s]+)(?=@)/gi;

/** Splits `es_api_key`, `api-token` and `clientSecret` into words. */
const words = (name: string) =>
	name.split(/[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());

function isSecretName(name: string) {
	if (NO_SECRETS.test(name)) return false;
	return SECRET_NAMES.test(name) || words(name).some((word) => SECRET_WORDS.has(word));
}

/** Whether something stands there; an empty value says that no secret is set, and a switch is none. */
const isSet = (value: unknown) =>
	value !== undefined && value !== null && value !== '' && typeof value !== 'boolean';

/** The same with its secrets masked, at any depth: the values of keys that look like one, and passwords in addresses. */
export function maskSecrets(value: unknown, name = ''): unknown {
	if (isSecretName(name) && isSet(value)) return MASK;
	if (Array.isArray(value)) return value.map((one: unknown) => maskSecrets(one));
	if (isRecord(value)) {
		const masked = Object.entries(value).map(([key, one]) => [key, maskSecrets(one, key)]);
		return Object.fromEntries(masked) as unknown;
	}
	return typeof value === 'string' ? value.replace(URL_PASSWORD, `$1${MASK}`) : value;
}

/** The texts that `maskSecrets` would mask. */
export function secretsIn(value: unknown, isSecret = false): string[] {
	if (typeof value === 'string') {
		return isSecret ? [value] : [...value.matchAll(URL_PASSWORD)].map((match) => match[2]!);
	}
	if (Array.isArray(value)) return value.flatMap((one) => secretsIn(one, isSecret));
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([key, one]) =>
		secretsIn(one, isSecret || isSecretName(key)),
	);
}

/** Whether a masked value stands in place of a secret, as it does in what this node gives out. */
export const holdsMask = (value: unknown) =>
	secretsIn(value).some((secret) => /^\*+$/.test(secret.trim()));
