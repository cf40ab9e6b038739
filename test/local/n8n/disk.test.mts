import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../../local/n8n/disk.mjs';
import { claim } from '../../../local/n8n/lock.mjs';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'disk-'));
});
afterEach(() => rm(folder, { recursive: true }));

const mode = async (path: string) => (await stat(path)).mode & 0o777;

it('creates a folder and its parents for this user only', async () => {
	const deep = join(folder, 'a', 'b');
	await makeFolder(deep, 'N8N_LOCAL_DATA');
	expect([await mode(deep), await mode(dirname(deep))]).toEqual([0o700, 0o700]);
});

it('closes a folder that others can read', async () => {
	await chmod(folder, 0o755);
	await makeFolder(folder, 'N8N_LOCAL_DATA');
	expect(await mode(folder)).toBe(0o700);
});

it.each(['/proc/none/.cache/data', '/dev/null/data'])(
	'says at once that it cannot use %s',
	async (path) => {
		const from = Date.now();
		await expect(makeFolder(path, 'N8N_LOCAL_DATA')).rejects.toThrow(
			/^Can't use the folder .* \(E\w+\)\. Set N8N_LOCAL_DATA to/,
		);
		expect(Date.now() - from).toBeLessThan(5_000);
	},
);

it('is claimed with a lock inside it', async () => {
	const release = await claim(folder);
	expect((await stat(join(folder, '.lock'))).isDirectory()).toBe(true);
	await release();
	await expect(stat(join(folder, '.lock'))).rejects.toThrow('ENOENT');
});
