import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';

/** The command lines of all processes with a folder in their environment, arguments, or working directory (Linux). */
export function processesOf(folder: string): string[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
		.flatMap((pid) => {
			try {
				const read = (what: string) => readFileSync(`/proc/${pid}/${what}`, 'utf8');
				const command = read('cmdline').replaceAll('\0', ' ');
				const isOurs = [command, read('environ'), readlinkSync(`/proc/${pid}/cwd`)].some((text) =>
					text.includes(folder),
				);
				return isOurs ? [command] : [];
			} catch {
				// The process exited meanwhile or belongs to another user.
				return [];
			}
		});
}

/** @throws AssertionError if a process of one of these folders runs, or one of these ports responds */
export async function assertNothingLeft(folders: string[], ports: number[]): Promise<void> {
	for (const folder of folders) assert.deepEqual(processesOf(folder), []);
	for (const port of ports) {
		await assert.rejects(once(connect(port, '127.0.0.1'), 'connect'), /ECONNREFUSED/);
	}
}
