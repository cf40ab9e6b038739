import { rm } from 'node:fs/promises';

/** Runs after the last test: removes the folder that `jestSetup.mjs` created, but never one that the user named. */
export default async function tearDown() {
	await rm(globalThis.temporaryFolder, { recursive: true, force: true });
}
