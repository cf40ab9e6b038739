import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Failure } from './failure.mjs';
import { REPOSITORY } from './paths.mjs';

const SOURCES = ['nodes', 'credentials', 'package.json', 'tsconfig.json', 'gulpfile.js'];

async function modified(path: string): Promise<number> {
	return (await stat(path)).mtimeMs;
}

/** Returns when the sources last changed. Folders count too: their time changes when a file in them is deleted. */
async function newestSource(): Promise<number> {
	const times = SOURCES.map(async (name) => {
		const path = join(REPOSITORY, name);
		if (!(await stat(path)).isDirectory()) return await modified(path);
		const names = await readdir(path, { recursive: true });
		const all = await Promise.all(['.', ...names].map((name) => modified(join(path, name))));
		return Math.max(...all);
	});
	return Math.max(...(await Promise.all(times)));
}

/** Returns when the oldest of the files that n8n loads was built, or 0 if one is missing. */
async function oldestBuilt(): Promise<number> {
	const manifest = JSON.parse(await readFile(join(REPOSITORY, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const files = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
	const times = files.map((file) => modified(join(REPOSITORY, file)).catch(() => 0));
	return Math.min(...(await Promise.all(times)));
}

/**
 * Builds `dist` if it is missing or older than the sources.
 * @throws Failure with the command that shows why the build fails
 */
export async function buildPackage(print: (line: string) => void): Promise<void> {
	if ((await oldestBuilt()) >= (await newestSource())) return;
	print('Building the node...');
	const { failed } = await execa('npm', ['run', 'build'], { cwd: REPOSITORY, reject: false });
	if (failed) throw new Failure('The node could not be built. Run "npm run build" to see why.');
}
