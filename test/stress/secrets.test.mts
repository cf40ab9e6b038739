import { keyForms, PLANTED } from '../support/keyHunt.mjs';
import { runScriptWhole } from '../support/processes.mjs';

const KEY = 'Secret"key/with+signs=0123456789';

let printed = '';
beforeAll(async () => {
	const { stdout, stderr } = await runScriptWhole('support/provokeErrors', [KEY], {
		N8N_LOG_LEVEL: 'debug',
	});
	printed = stdout + stderr;
}, 300_000);

it('provokes every failure, and n8n logs', () => {
	for (const said of [
		'did not recognize this API key',
		'payment or a higher quota',
		"doesn't have permission",
		'too large for Unstructured',
		'did not accept the values',
		'rate-limiting this account',
		'could not process the request (status 500)',
		'web page instead of data',
		'redirects to another URL',
		'Could not connect to',
		'was not found',
		'Could not establish a secure connection',
		'was closed before the response was complete',
		'must start with https://',
		'username or a password',
		'*****',
		'u:*****@h',
		'Running node',
	]) {
		expect([said, printed.includes(said)]).toEqual([said, true]);
	}
});

it.each([
	['the key', KEY],
	["others' secrets", PLANTED],
])('%s: appears in no error, item, log line, or execution record', (_what, secret) => {
	for (const form of keyForms(secret)) {
		const at = printed.indexOf(form);
		expect(at === -1 ? '' : printed.slice(Math.max(0, at - 300), at + 100)).toBe('');
	}
});

it('sends nothing to another host', () => {
	expect(/The other hosts have seen (\d+) requests/.exec(printed)?.[1]).toBe('0');
});
