import { mkdir, statfs } from 'node:fs/promises';
import { Failure } from './failure.mjs';

const MB = 1024 * 1024;

/** What n8n takes (2.9 GB), and npm's own cache of its packages with it, in MB. */
export const NEEDED_MB = 4000;

/** Free space of the disk that holds a folder, in MB. */
export async function freeMb(folder: string): Promise<number> {
	const { bavail, bsize } = await statfs(folder);
	return Math.floor((bavail * bsize) / MB);
}

/**
 * @param variable what moves the folder elsewhere
 * @throws Failure when the folder cannot be made
 */
export async function makeFolder(folder: string, variable: string): Promise<void> {
	try {
		await mkdir(folder, { recursive: true });
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		throw new Failure(
			`Cannot make the folder ${folder} (${code}): set ${variable} to a folder that you may write to.`,
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
