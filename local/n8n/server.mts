import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import getPort from 'get-port';
import { Failure } from './failure.mjs';
import { n8nCommand } from './paths.mjs';

/** The first start creates the database, which takes a slow machine a minute. */
const START_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 10_000;

export interface N8nServer {
	url: string;
	log: string;
	/** Resolves when n8n has ended, whoever ended it. */
	ended: Promise<void>;
	/** Ends n8n and everything that it started. */
	close(): Promise<void>;
}

/** Settings of another n8n in the person's shell must not reach this one. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
	const foreign = /^(N8N|DB|QUEUE|EXECUTIONS|WEBHOOK|NODES|NODE_FUNCTION|npm)_|^NODE_OPTIONS$/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function settings(userFolder: string, port: number, brokerPort: number): NodeJS.ProcessEnv {
	const url = `http://localhost:${port}/`;
	// A proxy of the person's network would not find the emulator on this machine.
	const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1', 'localhost']
		.filter(Boolean)
		.join(',');
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_EDITOR_BASE_URL: url,
		N8N_WEBHOOK_URL: url,
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		NO_PROXY: noProxy,
		no_proxy: noProxy,
	};
}

/** n8n answers /healthz before its API and its nodes are there; the settings come last. */
async function isReady(url: string): Promise<boolean> {
	try {
		const response = await fetch(`${url}/rest/settings`);
		return response.ok && (response.headers.get('content-type') ?? '').includes('json');
	} catch {
		return false;
	}
}

function isGroupAlive(pid: number): boolean {
	try {
		process.kill(-pid, 0);
		return true;
	} catch {
		return false;
	}
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}

async function endGroup(pid: number): Promise<void> {
	signalGroup(pid, 'SIGTERM');
	const deadline = Date.now() + STOP_TIMEOUT_MS;
	while (isGroupAlive(pid) && Date.now() < deadline) await delay(50);
	signalGroup(pid, 'SIGKILL');
}

export interface N8nOptions {
	/** The folder from `installN8n`. */
	install: string;
	/** n8n's database, settings and community nodes; made when it is not there. */
	userFolder: string;
	port: number;
	signal: AbortSignal;
}

/**
 * Starts n8n as a process group of its own, bound to this machine only, and waits until its API
 * answers. Its output goes to `n8n.log` in the user folder.
 * @throws Failure naming the log when n8n ends, or does not answer within five minutes
 */
export async function startN8n(options: N8nOptions): Promise<N8nServer> {
	const { install, userFolder, port, signal } = options;
	await mkdir(userFolder, { recursive: true });
	const log = join(userFolder, 'n8n.log');
	const brokerPort = await getPort({ exclude: [port] });
	const { node, script } = n8nCommand(install);
	const child = execa(node, [script, 'start'], {
		cwd: userFolder,
		env: { ...inheritedEnvironment(), ...settings(userFolder, port, brokerPort) },
		extendEnv: false,
		detached: true,
		stdin: 'ignore',
		stdout: { file: log },
		stderr: { file: log },
		reject: false,
	});
	let running = true;
	const ended = child.then(() => {
		running = false;
	});
	const { pid } = child;
	const close = async () => {
		if (pid !== undefined) await endGroup(pid);
		await ended;
	};
	const url = `http://localhost:${port}`;
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady(url))) {
		const problem = signal.aborted
			? 'The start of n8n was stopped.'
			: !running
				? `n8n ended before it was ready: see ${log}`
				: Date.now() > deadline
					? `n8n did not answer on ${url} within five minutes: see ${log}`
					: undefined;
		if (problem) {
			await close();
			throw new Failure(problem);
		}
		await delay(250);
	}
	return { url, log, ended, close };
}
