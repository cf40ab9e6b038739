import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { Failure } from './failure.mjs';
import { nodeBinFolder, packageStore, REPOSITORY } from './paths.mjs';
import { NODE_PACKAGE, type Release } from './versions.mjs';

const PNPM = join(REPOSITORY, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');

/** Settings of pnpm for an installation (https://pnpm.io/settings). JSON is also YAML. */
const settings = ({ node, overrides }: Release) => ({
	// As npm arranges them: n8n expects packages that it does not name to be found.
	nodeLinker: 'hoisted',
	// The Node.js that n8n will run on, which is not the one that runs pnpm.
	nodeVersion: node,
	storeDir: join(packageStore(), 'store'),
	cacheDir: join(packageStore(), 'cache'),
	// n8n's database driver is the only package that needs its install script. The store keeps what it compiles. It uses
	// Node-API, so the result is for all versions of Node.js.
	onlyBuiltDependencies: ['sqlite3'],
	overrides,
});

/**
 * Returns the environment for pnpm. `npm start` passes on the settings of this project, which are wrong in another folder. The
 * user's own settings (registry, proxy) stay.
 */
function environment(folder: string): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) =>
			!/^npm_(package|lifecycle|command|execpath|node_execpath)/.test(name) &&
			!/^npm_config_(ignore_scripts|local_prefix|prefix)$/.test(name) &&
			name !== 'NODE_OPTIONS' &&
			name !== 'INIT_CWD',
	);
	// The Node.js in the folder includes the headers for native builds, so none are downloaded.
	return {
		// SQLite is one large file. This compiles it in a third of the time, and is fast enough here.
		CFLAGS: '-O1',
		...Object.fromEntries(inherited),
		npm_config_nodedir: dirname(nodeBinFolder(folder)),
	};
}

export interface PnpmRun {
	/** The folder to install in. */
	folder: string;
	/** The file that the output of pnpm is appended to. */
	log: string;
	signal: AbortSignal;
}

/**
 * Installs the n8n of a release and its Node.js.
 * @throws Failure with the log file if pnpm can't be started or fails
 */
export async function pnpmInstall(
	release: Release,
	{ folder, log, signal }: PnpmRun,
): Promise<void> {
	const dependencies = { n8n: release.n8n, [NODE_PACKAGE]: release.node };
	await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
	await writeFile(join(folder, 'pnpm-workspace.yaml'), JSON.stringify(settings(release)));
	const result = await execa(process.execPath, [PNPM, 'install', '--no-frozen-lockfile'], {
		cwd: folder,
		env: environment(folder),
		extendEnv: false,
		cancelSignal: signal,
		stdin: 'ignore',
		stdout: { file: log, append: true },
		stderr: { file: log, append: true },
		reject: false,
	});
	if (signal.aborted) throw new Failure('The installation of n8n was canceled.');
	if (result.failed) throw new Failure(`"pnpm install" failed. See the log: ${log}`);
}
