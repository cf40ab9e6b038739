import { delimiter } from 'node:path';
import { execa } from 'execa';
import { Failure } from './failure.mjs';

/**
 * Returns the environment for npm in another folder. `npm start` passes on the settings of this project, which are wrong
 * there. The user's own settings (registry, proxy, cache) stay.
 */
function environment(binFolder: string, nodeHeaders: string): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) =>
			!/^npm_(package|lifecycle|command|execpath|node_execpath)/.test(name) &&
			!/^npm_config_(ignore_scripts|local_prefix|prefix)$/.test(name) &&
			name !== 'NODE_OPTIONS' &&
			name !== 'INIT_CWD',
	);
	return {
		...Object.fromEntries(inherited),
		PATH: `${binFolder}${delimiter}${process.env.PATH ?? ''}`,
		npm_config_nodedir: nodeHeaders,
		npm_config_update_notifier: 'false',
	};
}

export interface NpmRun {
	folder: string;
	/** The first folder of the PATH, so npm and its builds use the Node.js in it, if any. */
	binFolder: string;
	/** The folder with Node.js headers for native builds, so none are downloaded. */
	nodeHeaders: string;
	log: string;
	signal: AbortSignal;
}

/**
 * Runs npm in another folder, and writes its output to a log file.
 * @throws Failure with the log file if npm can't be started or fails
 */
export async function npm(args: string[], run: NpmRun): Promise<void> {
	const result = await execa('npm', args, {
		cwd: run.folder,
		env: environment(run.binFolder, run.nodeHeaders),
		extendEnv: false,
		cancelSignal: run.signal,
		stdin: 'ignore',
		stdout: { file: run.log, append: true },
		stderr: { file: run.log, append: true },
		reject: false,
	});
	if (run.signal.aborted) throw new Failure('The installation of n8n was canceled.');
	if (result.failed) throw new Failure(`"npm ${args[0]}" failed. See the log: ${run.log}`);
}
