import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { FormData as PackageForm } from './packageForm.mjs';
import { useApi, type ApiJob } from './support.mjs';

const api = useApi();
const RUN = `/workflows/${SEEDED.localFiles}/run`;
const JSON_TYPE = { 'content-type': 'application/json' };

it.each([
	['{"name": tru}', expect.any(Number)],
	['{"name": "a",}', 13],
	['{"name"', 7],
])('malformed JSON: %s', async (text, position: unknown) => {
	for (const path of ['/workflows/', RUN]) {
		expect(await api.post(path, text, JSON_TYPE)).toMatchObject({
			status: 422,
			body: {
				detail: [{ type: 'json_invalid', loc: ['body', position], msg: 'JSON decode error' }],
			},
		});
	}
});

it.each([
	['/workflows/', [{ loc: ['body'], type: 'model_attributes_type' }]],
	['/jobs/', [{ loc: ['body', 'request_data'], type: 'missing' }]],
	[RUN, 'This workflow has no source connector and needs input files.'],
])('a urlencoded body for %s', async (path, detail) => {
	const { status, body } = await api.post(path, new URLSearchParams({ input_files: 'a' }));
	expect([status, body.detail]).toMatchObject([422, detail]);
});

it('a body with an invalid type: the key is checked first, then 422', async () => {
	const type = { 'content-type': 'garbage' };
	const unknown = { ...type, 'unstructured-api-key': 'unknown-0123456789' };
	expect((await api.post(RUN, 'abc', unknown)).status).toBe(401);
	expect((await api.post(RUN, 'abc', type)).status).toBe(422);
	expect((await api.post('/workflows/', 'abc', type)).status).toBe(422);
});

it('JSON where a form is expected', async () => {
	const { status, body } = await api.postJson(RUN, { input_files: ['a.txt'] });
	expect([status, Array.isArray(body.detail)]).toEqual([422, true]);
});

it.each(['"x"', '1', 'null', '[]', 'true'])('JSON that is not an object: %s', async (text) => {
	for (const path of ['/workflows/', '/sources/', '/notifications/mark-read', RUN]) {
		const { status, body } = await api.post(path, text, JSON_TYPE);
		expect([path, status, Array.isArray(body.detail)]).toEqual([path, 422, true]);
	}
});

it('an invalid multipart body', async () => {
	const headers = { 'content-type': 'multipart/form-data; boundary=b' };
	expect(await api.post(RUN, 'not multipart', headers)).toMatchObject({
		status: 400,
		body: { detail: 'There was an error parsing the body' },
	});
});

it('treats a part without a file name as a field', async () => {
	const form = new PackageForm();
	form.append('input_files', 'no file', { contentType: 'application/octet-stream' });
	form.append('input_files', 'a', { filename: 'a.txt', contentType: 'text/plain' });
	const { status, body } = await api.post<ApiJob>(RUN, form.body(), form.getHeaders());
	expect(status).toBe(202);
	expect(body.input_file_ids).toEqual([expect.stringMatching(/^a-/)]);
	const [{ fields }] = await api.emulator.requests('POST');
	expect(fields).toEqual({ input_files: 'no file' });
});

it('treats a single part without a file name as a field', async () => {
	const form = new PackageForm();
	form.append('input_files', 'no file');
	expect((await api.post(RUN, form.body(), form.getHeaders())).status).toBe(422);
});

describe('an invalid value', () => {
	const locations = (body: Record<string, unknown>) =>
		(body.detail as Array<{ loc: unknown[]; type: string }>).map(({ loc, type }) => [loc, type]);

	it.each([
		['/jobs/nope/details', [[['path', 'job_id'], 'uuid_parsing']]],
		[
			'/workflows/?page=0&page_size=101&sort_by=size',
			[
				[['query', 'page'], 'greater_than_equal'],
				[['query', 'page_size'], 'less_than_equal'],
				[['query', 'sort_by'], 'enum'],
			],
		],
		['/workflows/?page=x', [[['query', 'page'], 'int_parsing']]],
		[
			'/jobs/nope/download?node_id=x',
			[
				[['query', 'file_id'], 'missing'],
				[['path', 'job_id'], 'uuid_parsing'],
				[['query', 'node_id'], 'uuid_parsing'],
			],
		],
	])('in %s', async (path, expected) => {
		const { status, body } = await api.call(path);
		expect(status).toBe(422);
		expect(locations(body).sort()).toEqual([...expected].sort());
	});

	it('in a body: lists all of them', async () => {
		const { status, body } = await api.postJson('/workflows/', {
			source_id: { id: 'x' },
			workflow_nodes: [{ name: 'a', type: 'b' }],
		});
		expect(status).toBe(422);
		expect(locations(body)).toEqual(
			expect.arrayContaining([
				[['body', 'name'], 'missing'],
				[['body', 'workflow_type'], 'missing'],
				[['body', 'source_id'], 'string_type'],
				[['body', 'workflow_nodes', 0, 'subtype'], 'missing'],
			]),
		);
	});
});
