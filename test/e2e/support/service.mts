import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa, type Options } from 'execa';
import { assertNothingLeft } from './assertNothingLeft.mjs';

const START_TIMEOUT_MS = 30_000;

export interface Service {
	/** The signal that ends the server without waiting for its clients. */
	stop: NodeJS.Signals;
	/** The folder with all files of the server, including its log. Removed at the end. */
	folder: string;
	port: number;
	command: [file: string, args: string[]];
	/** The user who runs the server, if different. */
	as?: { uid: number; gid: number };
}

async function answers(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	try {
		await once(socket, 'connect');
		return true;
	} catch {
		return false;
	} finally {
		socket.destroy();
	}
}

/**
 * Runs a server in the foreground until `close`, which removes its folder and checks that no process is left.
 * @throws Error with its log if the server ends or accepts no connection within 30 s
 */
export async function startService(service: Service): Promise<{ close: () => Promise<void> }> {
	const { stop, folder, port, command, as } = service;
	const log = join(folder, 'service.log');
	const output = { file: log, append: true };
	const options: Options = { cwd: folder, reject: false, stdin: 'ignore', cleanup: true, ...as };
	const child = execa(...command, { ...options, stdout: output, stderr: output });
	let running = true;
	const ended = child.then(() => {
		running = false;
	});
	const close = async () => {
		child.kill(stop);
		await ended;
		await assertNothingLeft([folder], [port]);
		await rm(folder, { recursive: true, force: true });
	};
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await answers(port))) {
		if (running && Date.now() < deadline) {
			await delay(50);
			continue;
		}
		const said = await readFile(log, 'utf8').catch(() => '');
		await close();
		throw new Error(`${command[0]} does not start:\n${said}`);
	}
	return { close };
}
