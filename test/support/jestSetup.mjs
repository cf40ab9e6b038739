import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bundleEmulator from './bundleEmulator.mjs';

/** Before the first test. Workers end without their `exit` handlers, so what they leave is in a folder that goes. */
export default async function setUp() {
	await bundleEmulator();
	globalThis.temporaryFolder = await mkdtemp(join(tmpdir(), 'n8n-tests-'));
	process.env.TMPDIR = globalThis.temporaryFolder;
}
