import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open } from 'node:fs/promises';
import { onExit } from 'signal-exit';
import { Failure } from './failure.mjs';
import { endGroup, signalGroup } from './group.mjs';
import { n8nCommand } from './paths.mjs';

export interface N8nProcess {
	/** Of the process that leads the group. */
	pid: number;
	/** Resolves when it has ended, whoever ended it. */
	ended: Promise<void>;
	isRunning: () => boolean;
	/** Ends it and everything that it started. */
	close: () => Promise<void>;
}

export interface N8nProcessOptions {
	/** The folder from `installN8n`. */
	install: string;
	/** A command of n8n, e.g. `start` or `worker`. */
	args: string[];
	/** Where it runs; made when it is not there. */
	folder: string;
	env: NodeJS.ProcessEnv;
	/** The file that gets its output, anew. */
	log: string;
}

/**
 * Starts a command of n8n as a process group of its own, which ends with this process at the latest.
 * @throws Failure when its Node.js cannot be started
 */
export async function startProcess(options: N8nProcessOptions): Promise<N8nProcess> {
	const { install, args, folder, env, log } = options;
	await mkdir(folder, { recursive: true });
	const { node, script } = n8nCommand(install);
	// The file itself, no pipe through this process: n8n would spin on its broken output if this one were killed.
	const output = await open(log, 'w');
	const child = spawn(node, [script, ...args], {
		cwd: folder,
		env,
		detached: true,
		stdio: ['ignore', output.fd, output.fd],
	});
	const gone = once(child, 'exit').catch(() => undefined);
	await output.close();
	const { pid } = child;
	if (pid === undefined) throw new Failure(`${node} cannot be started.`);
	let running = true;
	const ended = gone.then(() => {
		running = false;
	});
	// A process group of its own does not end with us when we end without `close`.
	const forget = onExit(() => void signalGroup(pid, 'SIGKILL'));
	const close = async () => {
		await endGroup(pid);
		await ended;
		forget();
	};
	return { pid, ended, isRunning: () => running, close };
}
