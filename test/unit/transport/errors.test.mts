import type { INode } from 'n8n-workflow';
import type * as Errors from '../../../nodes/Unstructured/transport/errors.js';
import { built } from '../../support/built.mjs';

const { apiError, explainAnswer, explainNoAnswer, serverDetail } =
	built<typeof Errors>('transport/errors');

const node: INode = {
	id: '1',
	name: 'Unstructured',
	type: 'unstructured',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const answer = (statusCode: number, body: unknown) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const json = typeof body === 'string' ? undefined : body;
	return { statusCode, headers: {}, text, json, sentAt: 0, receivedAt: 0 };
};

describe('serverDetail', () => {
	it.each([
		['a text', { detail: 'Job not found' }, 'Job not found'],
		[
			'a list',
			{
				detail: [
					{ loc: ['body', 'input_files', 0], msg: 'Field required', type: 'missing' },
					{ loc: ['query', 'file_id'], msg: 'Too short', type: 'x' },
				],
			},
			'input_files.0: Field required; query.file_id: Too short',
		],
		['an object', { detail: { why: 'quota' } }, '{"why":"quota"}'],
		['plain text', 'upstream  went\naway', 'upstream went away'],
		['a web page', '<html><body>502 Bad Gateway</body></html>', ''],
		['nothing', '', ''],
		['null', null, ''],
	])('reads %s', (_what, body, text) => {
		expect(serverDetail(answer(422, body))).toBe(text);
	});

	it('truncates long texts', () => {
		expect(serverDetail(answer(422, { detail: 'x'.repeat(100_000) }))).toHaveLength(501);
	});
});

describe('explainAnswer', () => {
	const subject = { noun: 'workflow', id: 'w-1' };

	it.each([
		[
			401,
			{ detail: 'API key is invalid, please provide a valid API key in the header.' },
			/did not recognize this API key/,
			/Pipelines account.*Transform account/,
		],
		[
			401,
			{ detail: 'API key is malformed, please type the API key correctly in the header.' },
			/is not a valid Unstructured key/,
			/Copy the whole key again/,
		],
		[
			401,
			{ detail: 'API key is missing, please provide an API key in the header.' },
			/key is missing/,
			/Paste the key/,
		],
		[402, {}, /payment/, /billing/],
		[
			403,
			{ detail: 'Forbidden' },
			/doesn't have permission/,
			/'w-1' may belong to another workspace/,
		],
		[404, { detail: 'Not Found' }, /Nothing was found at the API URL/, /Check the API URL/],
		[
			404,
			{ detail: 'Workflow not found' },
			/^'w-1' is not an ID of a workflow$/,
			/^Enter the ID of the workflow instead of a name\..*If it was an ID/,
		],
		[413, '<html>413</html>', /too large/, /One Job per Item/],
		[422, { detail: 'bad template' }, /did not accept the values/, /bad template/],
		[
			422,
			{ detail: [{ loc: ['path', 'workflow_id'], msg: 'Input should be a valid UUID' }] },
			/^'w-1' is not an ID of a workflow$/,
			/^Enter the ID of the workflow instead of a name\./,
		],
		[
			422,
			{ detail: [{ loc: ['body', 'config', 'path', 'remote'], msg: 'Field required' }] },
			/did not accept the values/,
			/Field required/,
		],
		[429, { detail: 'slow down' }, /rate-limiting this account/, /slow down/],
		[
			500,
			{ detail: 'Internal server error' },
			/could not process the request \(status 500\)/,
			/Internal server error/,
		],
		[
			502,
			'<html><h1>502 Bad Gateway</h1></html>',
			/could not process the request \(status 502\)/,
			/web page/,
		],
		[307, '', /redirects to another URL/, /Redirects are not followed/],
		[200, '<html>Sign in</html>', /web page instead of data/, /Check the API URL/],
		[200, 'hello', /could not be read/, /not the expected JSON: hello\. Retry/],
		[418, {}, /status 418/, /^Check the parameters of this node\.$/],
	])('explains %d %j', (statusCode, body, message, description) => {
		const explained = explainAnswer(answer(statusCode, body), subject);
		expect(explained.message).toMatch(message);
		expect(explained.description).toMatch(description);
		expect(explained.description).not.toMatch(/<h/);
		expect(explained.message).not.toMatch(/error|problem|failure|mistake/i);
		expect(explained.httpCode).toBe(String(statusCode));
	});

	it('does not name a record that has no ID as missing', () => {
		const body = answer(404, { detail: 'Node type not found' });
		const explained = explainAnswer(body, { noun: 'list of nodes' });
		expect(explained.message).toBe('Unstructured did not find everything that the request names');
		expect(explained.description).toMatch(
			/^Check the IDs and names in this node's parameters\..*Node type not found\.$/,
		);
	});
});

describe('explainNoAnswer', () => {
	it.each([
		['ENOTFOUND', /host api.example was not found/],
		['ECONNREFUSED', /Could not connect to api.example/],
		['ECONNABORTED', /timed out/],
		['ECONNRESET', /was closed before the response was complete/],
		['EPIPE', /was closed before the response was complete/],
		['DEPTH_ZERO_SELF_SIGNED_CERT', /secure connection/],
		['', /api.example did not respond/],
	])('explains %j', (code, message) => {
		const explained = explainNoAnswer(
			{ code, neverSent: false, message: 'low level' },
			'api.example',
		);
		expect(explained.message).toMatch(message);
		expect(explained.description).toMatch(/low level/);
		// n8n would replace a message with such a code in it.
		const error = apiError(node, explained);
		expect(error.message).toBe(explained.message);
	});
});

describe('apiError', () => {
	it('contains exactly its texts, and never the key', () => {
		const error = apiError(
			node,
			{ message: 'Key s3cret-key seen', description: 'said s3cret-key', httpCode: '401' },
			's3cret-key',
		);
		expect(error).toMatchObject({
			message: 'Key ***** seen',
			description: 'said *****',
			httpCode: '401',
		});
		expect(JSON.stringify(error)).not.toContain('s3cret-key');
	});
});
