import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Failure } from './failure.mjs';
import { endGroup, signalGroup } from './group.mjs';

/** The n8n process that last opened a data folder. */
interface Note {
	pid: number;
	/** When it started, as reported by the system. Another process may have the same number by now. */
	started: string;
}

const noteOf = (folder: string) => join(folder, 'n8n.pid.json');

/** Returns when a process started, as reported by the system. Empty if there is no such process, or if `ps` is missing. */
async function startOf(pid: number): Promise<string> {
	const { stdout = '' } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], {
		env: { LC_ALL: 'C', TZ: 'UTC' },
		reject: false,
	});
	return stdout.trim();
}

/** Saves which process has the database of a folder open, in case this `npm start` is killed. */
export async function noteProcess(folder: string, pid: number): Promise<void> {
	const note: Note = { pid, started: await startOf(pid) };
	await writeFile(noteOf(folder), JSON.stringify(note), { mode: 0o600 });
}

export const forgetProcess = (folder: string) => rm(noteOf(folder), { force: true });

async function readNote(folder: string): Promise<Note | undefined> {
	try {
		return JSON.parse(await readFile(noteOf(folder), 'utf8')) as Note;
	} catch {
		return undefined;
	}
}

/**
 * Stops the n8n that a killed `npm start` left running with the database of this folder.
 * @param onEnd called once if there is one
 * @throws Failure if the saved process could be that n8n, but the system does not confirm it
 */
export async function endNotedProcess(folder: string, onEnd: () => void): Promise<void> {
	const note = await readNote(folder);
	if (!note) return;
	if (signalGroup(note.pid, 0)) {
		const started = await startOf(note.pid);
		if (started === '' || note.started === '') {
			throw new Failure(
				`An n8n of an earlier start may still use ${folder}. Stop the process ${note.pid}, ` +
					`or delete ${noteOf(folder)} if that process is not n8n.`,
			);
		}
		if (started === note.started) {
			onEnd();
			await endGroup(note.pid);
		}
	}
	await forgetProcess(folder);
}
