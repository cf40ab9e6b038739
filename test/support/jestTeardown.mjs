import { rm } from 'node:fs/promises';

/** After the last test: removes the folder that `jestSetup.mjs` made the one for temporary files. */
export default async function tearDown() {
	await rm(process.env.TMPDIR, { recursive: true, force: true });
}
