import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { useApi, type ApiJob } from './support.mjs';

const api = useApi();
const UNKNOWN_FILE = 'nope-00000000.txt';
const start = async (workflowId: string = SEEDED.localFiles) =>
	(await api.run(workflowId, ['a.txt', 'a'], ['b.txt', 'b'], ['c.txt', 'c'])).body;
const read = async (id: string) => (await api.call<ApiJob>(`/jobs/${id}`)).body;
const details = async (id: string) => (await api.call(`/jobs/${id}/details`)).body;
const failed = async (id: string) => (await api.call(`/jobs/${id}/failed-files`)).body.failed_files;
const download = async (id: string, fileId: string) =>
	await api.call(`/jobs/${id}/download?file_id=${encodeURIComponent(fileId)}`);

beforeEach(() => api.emulator.reset({ jobSeconds: 100 }));

it('changes from SCHEDULED to IN_PROGRESS to COMPLETED, and then has a runtime', async () => {
	const job = await start();
	expect(job).toMatchObject({ status: 'SCHEDULED', runtime: null });
	expect(await details(job.id)).toMatchObject({
		processing_status: 'SCHEDULED',
		node_stats: [{ node_type: 'partition', ready: 3, in_progress: 0, success: 0, failure: 0 }],
	});
	await api.emulator.advance(50);
	expect(await read(job.id)).toMatchObject({ status: 'IN_PROGRESS', runtime: null });
	expect(await details(job.id)).toMatchObject({ node_stats: [{ ready: 0, in_progress: 3 }] });
	expect((await download(job.id, job.input_file_ids[0])).status).toBe(404);
	await api.emulator.advance(60);
	expect(await read(job.id)).toEqual({ ...job, status: 'COMPLETED', runtime: 'PT1M40S' });
	expect(await details(job.id)).toMatchObject({
		processing_status: 'SUCCESS',
		node_stats: [{ success: 3, failure: 0 }],
	});
	expect(await failed(job.id)).toEqual([]);
});

it('can omit its optional keys when it is read, but not when it is started', async () => {
	await api.emulator.options({ omitOptionalJobKeys: true });
	const job = await start();
	expect(job.input_file_ids).toHaveLength(3);
	expect(Object.keys(await read(job.id)).sort()).toEqual([
		'created_at',
		'id',
		'job_type',
		'status',
		'workflow_id',
		'workflow_name',
	]);
});

it('responds to a download before its end as set in the options', async () => {
	await api.emulator.options({ downloadBeforeEnd: 400 });
	const job = await start();
	expect((await download(job.id, job.input_file_ids[0])).status).toBe(400);
});

it('with failed files is COMPLETED, and lists them with their reasons', async () => {
	await api.control('outcomes', [{ failedFiles: { 1: 'Broken', 2: 'Locked' } }]);
	const job = await start();
	expect(await failed(job.id)).toEqual([]);
	await api.emulator.advance(101);
	expect((await read(job.id)).status).toBe('COMPLETED');
	expect(await details(job.id)).toMatchObject({
		processing_status: 'COMPLETED_WITH_ERRORS',
		node_stats: [{ success: 1, failure: 2 }],
	});
	const [a, b, c] = job.input_file_ids;
	expect(await failed(job.id)).toEqual([
		{ document: b, error: 'Broken' },
		{ document: c, error: 'Locked' },
	]);
	expect((await download(job.id, a)).status).toBe(200);
	expect((await download(job.id, b)).status).toBe(404);
	expect((await download(job.id, UNKNOWN_FILE)).status).toBe(404);
});

it('that FAILED lists all its files and has no results', async () => {
	await api.control('outcomes', [{ outcome: 'FAILED' }]);
	const job = await start();
	await api.emulator.advance(101);
	expect((await read(job.id)).status).toBe('FAILED');
	expect(await details(job.id)).toMatchObject({
		processing_status: 'FAILED',
		node_stats: [{ success: 0, failure: 3 }],
	});
	expect(await failed(job.id)).toEqual(
		job.input_file_ids.map((document) => ({
			document,
			error: expect.stringMatching(/.{10}/) as string,
		})),
	);
	expect(await download(job.id, job.input_file_ids[0])).toMatchObject({
		status: 404,
		body: { detail: 'The job has no results.' },
	});
});

it('is canceled once, and then has no results', async () => {
	const job = await start();
	await api.emulator.advance(30);
	expect(await api.post(`/jobs/${job.id}/cancel`)).toMatchObject({
		status: 200,
		body: { id: job.id, status: 'cancelled' },
	});
	expect(await read(job.id)).toMatchObject({
		status: 'STOPPED',
		runtime: expect.stringMatching(/^PT30/) as string,
	});
	expect(await failed(job.id)).toEqual([]);
	expect((await download(job.id, job.input_file_ids[0])).status).toBe(404);
	expect((await api.post(`/jobs/${job.id}/cancel`)).status).toBe(400);
	// The workflow is free again.
	expect((await start()).status).toBe('SCHEDULED');
});

it('for a destination connector has nothing to download', async () => {
	const { body: workflow } = await api.postJson('/workflows/', {
		name: 'Files to Pinecone',
		workflow_type: 'custom',
		destination_id: '6a6b6c6d-7e7f-4a4b-8c8d-1e1f2a2b3c3d',
	});
	const job = await start(String(workflow.id));
	await api.emulator.advance(101);
	expect(await download(job.id, job.input_file_ids[0])).toMatchObject({
		status: 404,
		body: { detail: 'The results of this job are at its destination connector.' },
	});
});

describe('the list', () => {
	const ids = async (query: string) =>
		(await api.call<ApiJob[]>(`/jobs/?${query}`)).body.map(({ id }) => id);

	it('returns the newest first, and no two with the same time', async () => {
		await api.emulator.addJobs({ count: 300 });
		const { body } = await api.call<ApiJob[]>('/jobs/');
		const times = body.map(({ created_at: time }) => time);
		expect(new Set(times).size).toBe(300);
		expect(times).toEqual([...times].sort().reverse());
		expect(times[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
	});

	it('is filtered by workflow and by status in any spelling', async () => {
		const first = await start();
		await api.emulator.advance(50);
		const second = await start(SEEDED.localFilesWithEmbeddings);
		expect(await ids('')).toEqual([second.id, first.id]);
		expect(await ids(`workflow_id=${SEEDED.localFiles}`)).toEqual([first.id]);
		for (const status of ['IN_PROGRESS', 'in_progress', 'in%20progress']) {
			expect(await ids(`status=${status}`)).toEqual([first.id]);
		}
		expect(await ids('status=scheduled')).toEqual([second.id]);
		expect(await ids('status=FAILED&workflow_id=' + SEEDED.localFiles)).toEqual([]);
	});
});
