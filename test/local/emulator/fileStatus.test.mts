import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { useApi } from './support.mjs';

const api = useApi();

interface FileStatuses {
	files: Array<Record<string, unknown>>;
	detail?: unknown;
}

const start = async () => (await api.run(SEEDED.localFiles, ['a.txt', 'a'], ['b.txt', 'b'])).body;
const read = (id: string) => api.call<FileStatuses>(`/jobs/${id}/file-status`);

it('returns the status of each file', async () => {
	await api.emulator.reset({ jobSeconds: 100 });
	await api.control('outcomes', [{ failedFiles: { 1: 'Broken' } }]);
	const job = await start();
	const [a, b] = job.input_file_ids;
	const statuses = async () => (await read(job.id)).body.files.map(({ status }) => status);
	expect(await read(job.id)).toMatchObject({
		status: 200,
		body: {
			truncated: false,
			index_finished: false,
			files: [
				{ document: a, status: 'READY', error: null, current_node: { tries: 0 } },
				{ document: b, status: 'READY', error: null },
			],
		},
	});
	await api.emulator.advance(50);
	expect(await statuses()).toEqual(['IN_PROGRESS', 'IN_PROGRESS']);
	await api.emulator.advance(100);
	expect((await read(job.id)).body).toMatchObject({
		index_finished: true,
		files: [
			{ document: a, status: 'SUCCESS', error: null, time_elapsed: 100 },
			{ document: b, status: 'FAILURE', error: 'Broken' },
		],
	});
	expect((await api.call(`/jobs/${job.id}/details`)).body).toMatchObject({
		summary: { total_docs: 2, total_docs_succeeded: 1, total_docs_failed: 1 },
	});
});

it('accepts twelve calls per minute for a job, and rejects further ones', async () => {
	const [one, other] = [await start(), (await api.launch()).body];
	for (let call = 0; call < 12; call++) expect((await read(one.id)).status).toBe(200);
	expect(await read(one.id)).toMatchObject({
		status: 429,
		body: { detail: expect.stringContaining('12 per minute') as string },
	});
	expect((await read(other.id)).status).toBe(200);
	await api.emulator.advance(61);
	expect((await read(one.id)).status).toBe(200);
});
