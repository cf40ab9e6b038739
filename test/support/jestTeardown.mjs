import { rm } from 'node:fs/promises';

/** After the last test: removes the folder that `jestSetup.mjs` made, and never one that the person named. */
export default async function tearDown() {
	await rm(globalThis.temporaryFolder, { recursive: true, force: true });
}
