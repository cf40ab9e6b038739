import { delimiter } from 'node:path';
import { execa } from 'execa';
import { Failure } from './failure.mjs';

/**
 * `npm` is started by `npm start`, which hands this project's settings on to its children; they are
 * wrong for another folder. What the person has set (registry, proxy, cache) stays.
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
	/** First on the PATH, so that npm and what it builds use the Node.js that is there, if any. */
	binFolder: string;
	/** Node.js headers for native builds, so that none are downloaded. */
	nodeHeaders: string;
	log: string;
	signal: AbortSignal;
}

/**
 * Runs npm in another folder, its whole output going to a log file.
 * @throws Failure naming the log file when npm cannot be started or ends with an error
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
	if (run.signal.aborted) throw new Failure('The installation of n8n was stopped.');
	if (result.failed) throw new Failure(`npm ${args[0]} did not succeed: see ${run.log}`);
}
