import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bundleEmulator from './bundleEmulator.mjs';

/** Runs before the first test. Workers exit without their `exit` handlers, so their files are in a folder that is deleted. */
export default async function setUp() {
	await bundleEmulator();
	globalThis.temporaryFolder = await mkdtemp(join(tmpdir(), 'n8n-tests-'));
	process.env.TMPDIR = globalThis.temporaryFolder;
}
