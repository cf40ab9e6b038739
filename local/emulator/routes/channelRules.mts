import type { GivenChannel } from '../platform/channels.mjs';
import { HttpError } from '../wire/httpError.mjs';

const SHORTEST_SECRET = 24;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

const valueError = (field: string, text: string, input: unknown = null) =>
	new HttpError(422, [
		{ type: 'value_error', loc: ['body', field], msg: `Value error, ${text}`, input },
	]);

/** Accepts https like the platform, and http to this machine for a local n8n. */
function checkUrl(text: string) {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url?.protocol === 'https:') return;
	if (url?.protocol === 'http:' && LOOPBACK.test(url.hostname)) return;
	throw valueError('url', 'the URL must use https', text);
}

/** Checks a secret. An empty one removes the secret of an existing channel. */
function checkSecret(secret: string | null | undefined, isNew: boolean) {
	if (secret === undefined || secret === null || (secret === '' && !isNew)) return;
	if (secret.length >= SHORTEST_SECRET) return;
	throw new HttpError(422, [
		{
			type: 'string_too_short',
			loc: ['body', 'secret'],
			msg: `String should have at least ${SHORTEST_SECRET} characters`,
			input: '*****',
		},
	]);
}

/** Checks which properties each kind of channel needs or excludes. @throws HttpError 422 */
export function checkChannel(type: string, given: GivenChannel, isNew: boolean) {
	const { url, secret, email_config: email } = given;
	if (type === 'email') {
		if (isNew && !email) throw valueError('email_config', 'an email channel needs email_config');
		if (url) throw valueError('url', 'an email channel has no url', url);
		if (secret) throw valueError('secret', 'an email channel has no secret');
		return;
	}
	checkSecret(secret, isNew);
	if (email) throw valueError('email_config', 'a webhook channel has no email_config');
	if (isNew && !url) throw valueError('url', 'a webhook channel needs a url');
	if (url) checkUrl(url);
}
