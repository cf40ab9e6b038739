import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open } from 'node:fs/promises';
import { onExit } from 'signal-exit';
import { Failure } from './failure.mjs';
import { endGroup, signalGroup } from './group.mjs';
import { n8nCommand } from './paths.mjs';

export interface N8nProcess {
	/** The process that leads the group. */
	pid: number;
	/** Resolves when the process has exited, for any reason. */
	ended: Promise<void>;
	isRunning: () => boolean;
	/** Stops the process and everything that it started. */
	close: () => Promise<void>;
}

export interface N8nProcessOptions {
	/** The folder from `installN8n`. */
	install: string;
	/** A command of n8n, for example `start` or `worker`. */
	args: string[];
	/** The working folder. It is created if needed. */
	folder: string;
	env: NodeJS.ProcessEnv;
	/** The file for its output. It is overwritten. */
	log: string;
}

/**
 * Starts a command of n8n as a process group, which stops with this process at the latest.
 * @throws Failure if its Node.js can't be started
 */
export async function startProcess(options: N8nProcessOptions): Promise<N8nProcess> {
	const { install, args, folder, env, log } = options;
	await mkdir(folder, { recursive: true });
	const { node, script } = n8nCommand(install);
	// Pass the file itself instead of a pipe: if this process were killed, n8n would spin on its broken output.
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
	if (pid === undefined) throw new Failure(`${node} can't be started.`);
	let running = true;
	const ended = gone.then(() => {
		running = false;
	});
	// Without this, the process group would outlive this process if it exits without `close`.
	const forget = onExit(() => void signalGroup(pid, 'SIGKILL'));
	const close = async () => {
		await endGroup(pid);
		await ended;
		forget();
	};
	return { pid, ended, isRunning: () => running, close };
}
