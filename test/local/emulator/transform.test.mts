import { KEYS } from '../../../local/emulator/http/products.mjs';
import { startEmulator, type Emulator } from '../../support/emulator.mjs';
import { form, type ApiJob } from './support.mjs';

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator(undefined, 'transform');
});
afterAll(() => emulator.close());

const call = async (path: string, init: RequestInit = {}, key = emulator.key) => {
	const headers = { 'unstructured-api-key': key };
	const response = await fetch(`${emulator.url}/api/v1${path}`, { ...init, headers });
	return { status: response.status, body: await response.json() };
};

it('has its own key, and rejects that of the other product', async () => {
	expect(emulator.key).toBe('unstructured-emulator-transform-key');
	expect(await call('/jobs/')).toEqual({ status: 200, body: [] });
	expect(await call('/jobs/', {}, KEYS.pipelines)).toEqual({
		status: 401,
		body: { detail: 'API key is invalid, please provide a valid API key in the header.' },
	});
});

it.each([
	['GET', '/workflows/?page=1&page_size=1'],
	['GET', '/workflows'],
	['POST', '/workflows/'],
	['GET', '/templates/'],
	['GET', '/templates/hi_res_partition'],
	['GET', '/sources/'],
	['POST', '/destinations/'],
	['GET', '/notifications/channels?channel_type=webhook'],
	['GET', '/jobsomething'],
])('does not have %s %s', async (method, path) => {
	expect(await call(path, { method })).toEqual({ status: 404, body: { detail: 'Not Found' } });
});

it('runs a job from nodes, with its output', async () => {
	const data = form([['a.txt', 'One.']]);
	data.append(
		'request_data',
		JSON.stringify({ job_nodes: [{ name: 'P', type: 'partition', subtype: 'vlm' }] }),
	);
	const { status, body } = await call('/jobs/', { method: 'POST', body: data });
	expect(status).toBe(200);
	const { id, input_file_ids: files } = body as ApiJob;
	await emulator.advance(10);
	expect(await call(`/jobs/${id}`)).toMatchObject({ body: { status: 'COMPLETED' } });
	expect(await call(`/jobs/${id}/download?file_id=${files[0]}`)).toMatchObject({
		status: 200,
		body: [{ text: 'One.' }],
	});
});

it('can lack the routes that a test names', async () => {
	const [{ id }] = (await call('/jobs/')).body as ApiJob[];
	await emulator.faults({
		path: '/(details|failed-files|cancel)$',
		status: 403,
		body: { detail: 'Forbidden' },
		times: null,
	});
	for (const route of ['details', 'failed-files']) {
		expect((await call(`/jobs/${id}/${route}`)).status).toBe(403);
	}
	expect((await call(`/jobs/${id}/cancel`, { method: 'POST' })).status).toBe(403);
	expect((await call(`/jobs/${id}`)).status).toBe(200);
});
