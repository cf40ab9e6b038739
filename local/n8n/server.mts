import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import getPort from 'get-port';
import { n8nEnvironment } from './environment.mjs';
import { Failure } from './failure.mjs';
import { forgetProcess, noteProcess } from './noted.mjs';
import { startProcess } from './process.mjs';

/** The first start creates the database, which takes a minute on a slow machine. */
const START_TIMEOUT_MS = 300_000;

export interface N8nServer {
	url: string;
	log: string;
	/** n8n's main process, which leads the process group. */
	pid: number;
	/** Resolves when n8n has exited, for any reason. */
	ended: Promise<void>;
	/** Stops n8n and everything that it started. */
	close(): Promise<void>;
}

/** Whether n8n is ready. It responds to /healthz before its API and its nodes are available. The settings come last. */
async function isReady(url: string): Promise<boolean> {
	try {
		const response = await fetch(`${url}/rest/settings`);
		return response.ok && (response.headers.get('content-type') ?? '').includes('json');
	} catch {
		return false;
	}
}

export interface N8nOptions {
	/** The folder from `installN8n`. */
	install: string;
	/** The folder for n8n's database, settings, and community nodes. It is created if needed. */
	userFolder: string;
	port: number;
	signal: AbortSignal;
	/** Further settings of n8n, for example its binary data mode. */
	settings?: Record<string, string>;
}

/**
 * Starts n8n as a process group, reachable from this machine only, and waits until its API responds. Its output goes to
 * `n8n.log` in the user folder.
 * @throws Failure with the log if n8n exits, or does not respond within five minutes
 */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	const { install, userFolder, port, signal, settings } = options;
	const log = join(userFolder, 'n8n.log');
	const brokerPort = await getPort({ exclude: [port] });
	const env = { ...n8nEnvironment(userFolder, port, brokerPort), ...settings };
	const n8n = await startProcess({ install, args: ['start'], folder: userFolder, env, log });
	const { pid, ended } = n8n;
	await noteProcess(userFolder, pid);
	const close = async () => {
		await n8n.close();
		await forgetProcess(userFolder);
	};
	const url = `http://localhost:${port}`;
	const deadline = Date.now() + START_TIMEOUT_MS;
	const obstacle = () => {
		if (signal.aborted) return 'The start of n8n was canceled.';
		if (!n8n.isRunning()) return `n8n exited before it was ready. See the log: ${log}`;
		if (Date.now() > deadline)
			return `n8n did not respond within five minutes. See the log: ${log}`;
		return undefined;
	};
	while (!(await isReady(url))) {
		const problem = obstacle();
		if (problem) {
			await close();
			throw new Failure(problem);
		}
		await delay(250);
	}
	return { url, log, pid, ended, close };
}
