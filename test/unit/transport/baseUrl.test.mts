import fc from 'fast-check';
import type * as BaseUrl from '../../../nodes/Unstructured/transport/baseUrl.js';
import { built } from '../../support/built.mjs';
import { CASES } from '../../support/cases.mjs';

const { resolveBaseUrl } = built<typeof BaseUrl>('transport/baseUrl');

describe('resolveBaseUrl', () => {
	it.each([
		['', 'https://platform.unstructuredapp.io/api/v1'],
		['https://platform.unstructuredapp.io', 'https://platform.unstructuredapp.io/api/v1'],
		[' https://platform.unstructuredapp.io/ \n', 'https://platform.unstructuredapp.io/api/v1'],
		['https://platform.unstructuredapp.io/api/v1', 'https://platform.unstructuredapp.io/api/v1'],
		['https://platform.unstructuredapp.io/api/v1/', 'https://platform.unstructuredapp.io/api/v1'],
		['platform.unstructuredapp.io', 'https://platform.unstructuredapp.io/api/v1'],
		['https://my.host/some/prefix', 'https://my.host/some/prefix/api/v1'],
		['https://my.host/some/prefix/api/v1/workflows/?a=b#c', 'https://my.host/some/prefix/api/v1'],
		['https://my.host:8443', 'https://my.host:8443/api/v1'],
		['http://localhost:8765', 'http://localhost:8765/api/v1'],
		['http://127.0.0.1:8765/api/v1', 'http://127.0.0.1:8765/api/v1'],
		['http://[::1]:8765', 'http://[::1]:8765/api/v1'],
		['"https://my.host"', 'https://my.host/api/v1'],
		['<https://my.host/>', 'https://my.host/api/v1'],
		['\u200bhttps://my.host\ufeff', 'https://my.host/api/v1'],
		['https://my.host.', 'https://my.host/api/v1'],
		['HTTPS://MY.HOST/', 'https://my.host/api/v1'],
		['localhost.example.com:1234', 'https://localhost.example.com:1234/api/v1'],
		['https.example.com', 'https://https.example.com/api/v1'],
		[
			'https://not-transform.unstructured.io.example',
			'https://not-transform.unstructured.io.example/api/v1',
		],
	])('accepts %j', (typed, url) => {
		expect(resolveBaseUrl(typed)).toMatchObject({ url, isTransform: false });
	});

	it.each([
		'https://transform.unstructured.io',
		'https://transform.unstructured.io/api-keys',
		'https://transform.unstructured.io/api/v2',
		'https://transform.unstructured.io/api/v2/parse?x=1#y',
		'https://platform-api.transform.unstructured.io/api/v1/',
		'https://platform-api.transform.unstructured.io',
		'https://mcp.transform.unstructured.io/',
		'https://TRANSFORM.unstructured.io./',
		'transform.unstructured.io',
		'platform-api.transform.unstructured.io/api/v1',
		' mcp.transform.unstructured.io ',
	])('turns %j into the URL of Transform jobs', (typed) => {
		const host = 'platform-api.transform.unstructured.io';
		const url = `https://${host}/api/v1`;
		expect(resolveBaseUrl(typed)).toEqual({ url, host, isTransform: true });
	});

	it.each([
		['http://platform.unstructuredapp.io', 'must start with https://'],
		['http://localhost.example.com', 'must start with https://'],
		['http://127.0.0.1.example.com', 'must start with https://'],
		['http://10.0.0.1', 'must start with https://'],
		['ftp://platform.unstructuredapp.io', 'must start with https://'],
		['https://', 'is not a valid URL'],
		['https://user:secret@my.host', 'username or a password'],
		['https://platform.unstructured.io', 'the Unstructured web interface'],
		['https://api.unstructuredapp.io/general/v0/general', 'Partition Endpoint'],
		['https://api.unstructured.io', 'Partition Endpoint'],
		['https://developer.unstructured.io', 'the Unstructured web interface'],
		['https://platform.unstructured.io.', 'the Unstructured web interface'],
		['http://transform.unstructured.io', 'must start with https://'],
		['https://a.example,https://b.example', 'is not a valid URL'],
		['http:/localhost:8765', 'is not a valid URL'],
		['https:my.host', 'is not a valid URL'],
		['https:\\\\my.host', 'is not a valid URL'],
		['https://my host', 'is not a valid URL'],
	])('rejects %j with the reason', (typed, reason) => {
		expect(resolveBaseUrl(typed)).toMatchObject({
			reason: expect.stringContaining(reason) as string,
		});
	});

	it('never sends the key over plain HTTP to another machine, whatever is typed', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string(),
					fc.webUrl(),
					fc.webUrl().map((url) => url.replace('https', 'http')),
				),
				(typed) => {
					const base = resolveBaseUrl(typed);
					if ('reason' in base) return base.fix.length > 0;
					const { protocol, hostname } = new URL(base.url);
					return (
						protocol === 'https:' || /^(\[::1\]|(.*\.)?localhost|127(\.\d+){3})$/.test(hostname)
					);
				},
			),
			{ numRuns: CASES },
		);
	});
});
