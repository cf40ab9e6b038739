import { constants, existsSync } from 'node:fs';
import { access, chmod, mkdir, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from './failure.mjs';

const MB = 1024 * 1024;

/** Mode of a folder for this user alone. */
const PRIVATE = 0o700;

/** What n8n takes (2.9 GB), and npm's own cache of its packages with it, in MB. */
export const NEEDED_MB = 4000;

/** Free space of the disk that holds a folder, in MB. */
export async function freeMb(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return Math.floor((bavail * bsize) / MB);
}

/** Node's own recursive `mkdir` tries for ever where a folder can be neither made nor entered, as below /proc. */
async function makeAll(folder: string): Promise<void> {
	if (existsSync(folder)) return;
	await makeAll(dirname(folder));
	await mkdir(folder, { mode: PRIVATE }).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') throw error;
	});
}

/**
 * Makes a folder that only this user may enter: n8n's database, and with it its credentials, is in there.
 * @param variable what moves the folder elsewhere
 * @throws Failure when the folder cannot be made, closed to others or written to
 */
export async function makeFolder(folder: string, variable: string): Promise<void> {
	try {
		await makeAll(folder);
		await chmod(folder, PRIVATE);
		await access(folder, constants.W_OK | constants.X_OK);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Failure(
			`Cannot use the folder ${folder} (${code}): set ${variable} to a folder that you may write to.`,
		);
	}
}

/**
 * Makes sure that the installation fits.
 * @throws Failure naming the folder, what is free, and the variable that moves it
 */
export async function checkSpace(folder: string): Promise<void> {
	const free = await freeMb(folder);
	if (free < NEEDED_MB) {
		throw new Failure(
			`n8n needs ${NEEDED_MB} MB, and the disk of ${folder} has ${free} MB free. ` +
				'Make room, or set N8N_LOCAL_CACHE to a folder on another disk.',
		);
	}
}
