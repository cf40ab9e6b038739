import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../../../local/emulator/faults/plan.mjs';
import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { form, useApi } from './support.mjs';

const api = useApi();
const RUN = `/workflows/${SEEDED.localFiles}/run`;
const BIG = Buffer.alloc(3_000_000, 'a');
const SHA = createHash('sha256').update(BIG).digest('hex');

const upload = (signal?: AbortSignal) =>
	api.call(RUN, { method: 'POST', body: form([['big.txt', BIG]]), signal });
const jobs = async () => (await api.emulator.jobs()).length;
const logged = async () => (await api.emulator.requests('POST', /run$/))[0];

it('logs the announced and the received bytes', async () => {
	await upload();
	const entry = await logged();
	expect(entry).toMatchObject({ status: 202, aborted: false, transferEncoding: null });
	expect(entry.contentLength).toBeGreaterThan(BIG.length);
	expect(entry.bytesReceived).toBe(entry.contentLength);
	expect(entry.files).toEqual([
		{
			fieldName: 'input_files',
			fileName: 'big.txt',
			contentType: 'text/plain',
			size: BIG.length,
			sha256: SHA,
		},
	]);
});

it('logs an upload in chunks', async () => {
	const body = new Response(form([['big.txt', BIG]]));
	await api.call(RUN, {
		method: 'POST',
		body: body.body,
		duplex: 'half',
		headers: { 'content-type': body.headers.get('content-type') ?? '' },
	});
	const entry = await logged();
	expect(entry).toMatchObject({ status: 202, contentLength: null, transferEncoding: 'chunked' });
	expect(entry.bytesReceived).toBeGreaterThan(BIG.length);
});

it('logs the received part of an interrupted upload', async () => {
	const sent =
		'--b\r\ncontent-disposition: form-data; name="input_files"; filename="a.txt"\r\n\r\n';
	const client = request(`${api.emulator.url}/api/v1${RUN}`, {
		method: 'POST',
		headers: {
			'content-type': 'multipart/form-data; boundary=b',
			'content-length': 1_000_000,
			'unstructured-api-key': api.emulator.key,
		},
	}).on('error', () => undefined);
	client.write(sent + 'x'.repeat(100_000));
	await delay(150);
	client.destroy();
	await delay(100);
	const entry = await logged();
	expect(entry).toMatchObject({ aborted: true, contentLength: 1_000_000 });
	expect(entry.bytesReceived).toBe(sent.length + 100_000);
	expect(entry.files).toMatchObject([{ fileName: 'a.txt', incomplete: true }]);
	expect(entry.files[0].size).toBeGreaterThan(90_000);
	expect(await jobs()).toBe(0);
});

describe('an interrupted connection', () => {
	it.each<[string, Fault, number]>([
		['before the body is read', { reset: 'before' }, 0],
		['in the middle of the body', { reset: 'midBody' }, 0],
		['after the body was read', { reset: 'afterRead' }, 0],
		['after the job was created', { reset: 'afterBody' }, 1],
		['after the headers of the answer', { reset: 'afterHeaders' }, 1],
		['in the middle of the answer', { reset: 'midAnswer' }, 1],
	])('%s', async (_what, fault, expected) => {
		await api.emulator.faults(fault);
		await expect(upload()).rejects.toThrow();
		expect(await jobs()).toBe(expected);
		// The fault is used up.
		expect((await upload()).status).toBe(202);
	});

	it('in the middle of the body, after a number of bytes', async () => {
		await api.emulator.faults({ reset: 'midBody', midBodyBytes: 1_000_000 });
		await expect(upload()).rejects.toThrow();
		const { bytesReceived, aborted, files } = await logged();
		expect(bytesReceived).toBeGreaterThanOrEqual(1_000_000);
		expect(bytesReceived).toBeLessThan(2_000_000);
		expect(aborted).toBe(true);
		expect(files).toMatchObject([{ fileName: 'big.txt', incomplete: true }]);
	});

	it('after the body was read: its files are in the log', async () => {
		await api.emulator.faults({ reset: 'afterRead' });
		await expect(upload()).rejects.toThrow();
		expect((await logged()).files).toMatchObject([{ size: BIG.length, sha256: SHA }]);
	});

	it('after the headers: they arrive', async () => {
		await api.emulator.faults({ reset: 'afterHeaders' });
		const response = await fetch(`${api.emulator.url}/api/v1/workflows/`, {
			headers: { 'unstructured-api-key': api.emulator.key },
		});
		expect(response.status).toBe(200);
		await expect(response.text()).rejects.toThrow();
	});
});

describe('no response at all', () => {
	it.each<[Fault, number]>([
		[{ hang: 'unread' }, 0],
		[{ hang: 'read' }, 0],
		[{ hang: 'handled' }, 1],
	])('%j: jobs created: %d', async (fault, expected) => {
		await api.emulator.faults(fault);
		await expect(upload(AbortSignal.timeout(1_500))).rejects.toThrow(/timeout/);
		expect(await jobs()).toBe(expected);
		const { files, status } = await logged();
		expect(status).toBeNull();
		expect(files.length).toBe(fault.hang === 'unread' ? 0 : 1);
	});
});

describe('another response', () => {
	it('is sent after the whole request was read, with its files in the log', async () => {
		await api.emulator.faults({
			path: '/run$',
			status: 429,
			headers: { 'retry-after': '7' },
			body: { detail: 'slow' },
		});
		const { status, body, headers } = await upload();
		expect([status, body, headers.get('retry-after')]).toEqual([429, { detail: 'slow' }, '7']);
		expect(await logged()).toMatchObject({
			status: 429,
			files: [{ size: BIG.length, sha256: SHA }],
		});
		expect(await jobs()).toBe(0);
		expect((await upload()).status).toBe(202);
	});

	it('is sent early, and is in the log', async () => {
		await api.emulator.faults({ status: 413, early: true, body: { detail: 'too large' } });
		await upload().catch(() => undefined);
		const entry = await logged();
		expect(entry).toMatchObject({ status: 413, aborted: false, files: [] });
		expect(entry.bytesReceived).toBeLessThan(BIG.length);
	});

	it('replaces the right one', async () => {
		await api.emulator.faults({ replace: { status: 502, body: { detail: 'bad gateway' } } });
		expect(await upload()).toMatchObject({ status: 502, body: { detail: 'bad gateway' } });
		expect(await jobs()).toBe(1);
	});

	it('is truncated to half', async () => {
		await api.emulator.faults({ truncate: true });
		await expect(api.call('/workflows/')).rejects.toThrow(SyntaxError);
	});

	it('is slow', async () => {
		await api.emulator.faults({ path: 'templates', bytesPerSecond: 200 });
		const started = Date.now();
		expect((await api.call('/templates/nope')).body).toEqual({ detail: 'Template nope not found' });
		expect(Date.now() - started).toBeGreaterThan(150);
	});
});

it('affects only the matching requests', async () => {
	await api.emulator.faults({ method: 'GET', path: '^/jobs', status: 503, after: 1, times: 2 });
	const statuses: number[] = [];
	for (const path of ['/workflows/', '/jobs/', '/jobs/', '/workflows/', '/jobs/', '/jobs/']) {
		statuses.push((await api.call(path)).status);
	}
	expect(statuses).toEqual([200, 200, 503, 200, 503, 200]);
});
