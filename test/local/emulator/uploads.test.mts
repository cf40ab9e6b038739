import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { startEmulator } from '../../support/emulator.mjs';
import { form } from './support.mjs';

it('are on disk until a reset or the end', async () => {
	const temporary = await mkdtemp(join(tmpdir(), 'uploads-'));
	const before = process.env.TMPDIR;
	process.env.TMPDIR = temporary;
	try {
		const emulator = await startEmulator();
		const [folder] = (await readdir(temporary)).filter((name) => name.startsWith('unstructured'));
		const uploads = () => readdir(join(temporary, folder));
		const upload = async () => {
			const response = await fetch(`${emulator.url}/api/v1/workflows/${SEEDED.localFiles}/run`, {
				method: 'POST',
				headers: { 'unstructured-api-key': emulator.key },
				body: form([
					['a.txt', 'a'],
					['b.txt', 'b'],
				]),
			});
			expect(response.status).toBe(202);
		};
		await upload();
		expect(await uploads()).toHaveLength(2);
		await emulator.reset();
		expect(await uploads()).toEqual([]);
		await upload();
		await emulator.close();
		expect(await readdir(temporary)).not.toContain(folder);
	} finally {
		process.env.TMPDIR = before ?? tmpdir();
		await rm(temporary, { recursive: true, force: true });
	}
});
