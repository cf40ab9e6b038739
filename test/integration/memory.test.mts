import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startEmulator, type Emulator } from '../support/emulator.mjs';

const run = promisify(execFile);
const MIB = 1024 * 1024;

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** Uploads a file of `mib` MiB in a process of its own, and gives by how many MiB its resident memory grew. */
async function growth(mib: number): Promise<number> {
	const { stdout } = await run(process.execPath, [
		'--import',
		'tsx',
		'test/support/uploadMemory.mts',
		emulator.url,
		emulator.key,
		String(mib),
	]);
	return Number(stdout.trim().split('\n').at(-1));
}

it('uploads 300 MiB from disk in little memory', async () => {
	expect(await growth(300)).toBeLessThan(64);
	const [{ files }] = await emulator.jobs();
	expect(files[0].size).toBe(300 * MIB);
}, 60_000);
