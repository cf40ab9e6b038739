import { constants, existsSync } from 'node:fs';
import { access, chmod, mkdir, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from './failure.mjs';

const MB = 1024 * 1024;

/** The mode of a folder that only this user can access. */
const PRIVATE = 0o700;

/** The disk space for n8n (2.4 GB), and some for its data, in MB. */
export const NEEDED_MB = 3000;

/** Returns the free space of a folder's disk, in MB. */
export async function freeMb(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return Math.floor((bavail * bsize) / MB);
}

/** Creates a folder and its parents. Node's own recursive `mkdir` never returns for a folder such as one below /proc. */
async function makeAll(folder: string): Promise<void> {
	if (existsSync(folder)) return;
	await makeAll(dirname(folder));
	await mkdir(folder, { mode: PRIVATE }).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') throw error;
	});
}

/**
 * Creates a folder that only this user can access: it contains n8n's database with its credentials.
 * @param variable the environment variable that selects another folder
 * @throws Failure if the folder can't be created, closed to others, or written to
 */
export async function makeFolder(folder: string, variable: string): Promise<void> {
	try {
		await makeAll(folder);
		await chmod(folder, PRIVATE);
		await access(folder, constants.W_OK | constants.X_OK);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Failure(
			`Can't use the folder ${folder} (${code}). Set ${variable} to a folder that you can write to.`,
		);
	}
}

/**
 * Checks that the disk has enough space for the installation.
 * @throws Failure with the folder, its free space, and the variable that selects another one
 */
export async function checkSpace(folder: string): Promise<void> {
	const free = await freeMb(folder);
	if (free < NEEDED_MB) {
		throw new Failure(
			`n8n needs ${NEEDED_MB} MB, but the disk of ${folder} has only ${free} MB free. ` +
				'Free up space, or set N8N_LOCAL_CACHE to a folder on another disk.',
		);
	}
}
