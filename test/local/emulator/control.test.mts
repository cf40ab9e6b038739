import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { useApi, type ApiJob } from './support.mjs';

const api = useApi();

it.each([
	['reset', { jobSecond: 1 }, /Unknown key 'jobSecond'\. Known: jobSeconds, outcome/],
	['options', { outcomes: 'FAILED' }, /Unknown key 'outcomes'/],
	['faults', [{ rest: 'before' }], /Unknown key 'rest'\. Known: .*reset/],
	['faults', { reset: 'before' }, /must be a list/],
	['faults', [{ reset: 'midbody' }], /Unknown reset 'midbody'\. Known: before, midBody/],
	['faults', [{ hang: 'forever' }], /Unknown hang 'forever'/],
	['outcomes', [{ outcome: 'FAILED', time: 2 }], /Unknown key 'time'\. Known: workflowId/],
	['clock', { second: 1 }, /Unknown key 'second'/],
	['jobs', { count: 1, workflow: SEEDED.localFiles }, /Unknown key 'workflow'/],
	['workflows', { number: 3 }, /Unknown key 'number'\. Known: workflows, count, prefix/],
	['workflows', { workflows: [{ title: 'a' }] }, /Unknown key 'title'/],
])('%s rejects %j', async (path, body, detail) => {
	const answer = await api.control(path, body);
	expect(answer.status).toBe(400);
	expect(answer.body.detail).toMatch(detail);
});

it('rejects changes of an unknown job or file', async () => {
	const [id] = await api.emulator.addJobs({ count: 1 });
	expect((await api.control(`jobs/${id}`, { stats: 'FAILED' })).status).toBe(400);
	expect((await api.control(`jobs/${id}`, { failedFiles: { 0: 'a' } })).status).toBe(400);
	expect((await api.control('jobs/nope', { status: 'FAILED' })).status).toBe(404);
	expect((await api.control('jobs', { count: 1, workflowId: 'nope' })).status).toBe(404);
});

it('creates thousands of workflows', async () => {
	const { body } = await api.control<unknown[]>('workflows', { count: 3000, prefix: 'Many' });
	expect(body).toHaveLength(3000);
	const { body: page } = await api.call<Array<{ name: string }>>(
		'/workflows/?page=31&page_size=100&sort_by=created_at',
	);
	expect(page.map(({ name }) => name)).toEqual(['Many 2998', 'Many 2999', 'Many 3000']);
});

it('changes a job', async () => {
	await api.emulator.reset({ jobSeconds: 100 });
	const { body: job } = await api.run(SEEDED.localFiles, ['a.txt', 'a']);
	const read = async () => (await api.call<ApiJob>(`/jobs/${job.id}`)).body;
	await api.control(`jobs/${job.id}`, { status: 'Some new one' });
	expect((await read()).status).toBe('Some new one');
	await api.control(`jobs/${job.id}`, { status: 'completed', failedFiles: { 0: 'Broken' } });
	expect(await read()).toMatchObject({
		status: 'completed',
		runtime: expect.any(String) as string,
	});
	expect((await api.call(`/jobs/${job.id}/failed-files`)).body).toEqual({
		failed_files: [{ document: job.input_file_ids[0], error: 'Broken' }],
	});
});

it('sets the end of jobs', async () => {
	const ids = await api.emulator.addJobs({ count: 3, endsIn: { first: 10, last: 30 } });
	await api.emulator.advance(21);
	const statuses = await Promise.all(
		ids.map(async (id) => (await api.call(`/jobs/${id}`)).body.status),
	);
	expect(statuses).toEqual(['COMPLETED', 'COMPLETED', 'IN_PROGRESS']);
});

it('plans the outcomes of future jobs by workflow and number', async () => {
	await api.emulator.reset({ jobSeconds: 0 });
	await api.control('outcomes', [
		{ workflowId: SEEDED.localFilesWithEmbeddings, outcome: 'STOPPED', times: null },
		{ outcome: 'FAILED', times: 2 },
	]);
	const run = async (workflow: string) => {
		const { body } = await api.run(workflow, ['a.txt', 'a']);
		return (await api.call(`/jobs/${body.id}`)).body.status;
	};
	const statuses: unknown[] = [];
	for (let i = 0; i < 3; i++) {
		statuses.push(await run(SEEDED.localFiles), await run(SEEDED.localFilesWithEmbeddings));
	}
	expect(statuses).toEqual(['FAILED', 'STOPPED', 'FAILED', 'STOPPED', 'COMPLETED', 'STOPPED']);
});

it('deletes everything on a reset', async () => {
	await api.control('outcomes', [{ outcome: 'FAILED', times: null }]);
	await api.emulator.faults({ path: '^/templates', status: 503, times: null });
	await api.run(SEEDED.localFiles, ['a.txt', 'a'], ['b.txt', 'b']);
	await api.emulator.reset({ jobSeconds: 0 });
	expect(await api.emulator.jobs()).toEqual([]);
	expect(await api.emulator.requests()).toEqual([]);
	expect((await api.call('/templates/')).status).toBe(200);
	const { body } = await api.run(SEEDED.localFiles, ['a.txt', 'a']);
	expect((await api.call(`/jobs/${body.id}`)).body.status).toBe('COMPLETED');
});
