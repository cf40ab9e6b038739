import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { Failure } from './failure.mjs';

/** How long the lock of a killed process lasts, in milliseconds. */
const STALE_MS = 10_000;

/** Acquires a lock: a folder whose time is updated as a heartbeat. The path itself does not need to exist. */
function acquire(
	path: string,
	waitSeconds: number,
	lockfilePath = `${path}.lock`,
): Promise<() => Promise<void>> {
	return lock(path, {
		realpath: false,
		lockfilePath,
		stale: STALE_MS,
		retries: { retries: waitSeconds, factor: 1, minTimeout: 1000, maxTimeout: 1000 },
		// A machine that was asleep misses heartbeats. Stopping n8n because of that would be useless.
		onCompromised: () => undefined,
	});
}

function isTaken(error: unknown): boolean {
	return (error as NodeJS.ErrnoException).code === 'ELOCKED';
}

/**
 * Runs work that only one process may do at a time. Another process waits.
 * @param onWait called once if another process has the lock
 */
export async function alone<T>(
	path: string,
	onWait: () => void,
	work: () => Promise<T>,
): Promise<T> {
	const release = await acquire(path, 0).catch((error: unknown) => {
		if (!isTaken(error)) throw error;
		onWait();
		return acquire(path, 3600);
	});
	try {
		return await work();
	} finally {
		await release();
	}
}

/**
 * Claims a folder for the lifetime of this process. That of a killed process becomes free after ten seconds.
 * @returns a function that releases the folder
 * @throws Failure if another process has it
 */
export async function claim(folder: string): Promise<() => Promise<void>> {
	try {
		// The lock is inside the folder, because this user may have no access to the folder around it.
		return await acquire(folder, STALE_MS / 1000 + 1, join(folder, '.lock'));
	} catch (error) {
		if (!isTaken(error)) throw error;
		throw new Failure(
			`Another "npm start" uses ${folder}. Stop that one first, or set N8N_LOCAL_DATA to another folder.`,
		);
	}
}
