import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { Failure } from './failure.mjs';
import { endGroup, signalGroup } from './group.mjs';

/** The n8n that a data folder was last opened by. */
interface Note {
	pid: number;
	/** When it started, as the system says it: another process may have got its number since. */
	started: string;
}

const noteOf = (folder: string) => join(folder, 'n8n.pid.json');

/** The start of a process in the system's words; empty when there is no such process, or no way to ask. */
async function startOf(pid: number): Promise<string> {
	const { stdout = '' } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], {
		env: { LC_ALL: 'C', TZ: 'UTC' },
		reject: false,
	});
	return stdout.trim();
}

/** Writes down which process has the database of a folder open, for a start after this one was killed. */
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
 * Ends the n8n that a killed `npm start` has left with this folder's database open.
 * @param onEnd called once when there is one
 * @throws Failure when the noted process may be that n8n, and the system does not say so
 */
export async function endNotedProcess(folder: string, onEnd: () => void): Promise<void> {
	const note = await readNote(folder);
	if (!note) return;
	if (signalGroup(note.pid, 0)) {
		const started = await startOf(note.pid);
		if (started === '' || note.started === '') {
			throw new Failure(
				`An n8n that was left behind may still use ${folder}: end the process ${note.pid}, ` +
					`or delete ${noteOf(folder)} if that process is something else.`,
			);
		}
		if (started === note.started) {
			onEnd();
			await endGroup(note.pid);
		}
	}
	await forgetProcess(folder);
}
