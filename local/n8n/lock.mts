import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { Failure } from './failure.mjs';

/** A lock whose owner has died is free after this long. */
const STALE_MS = 10_000;

/** The lock is a heartbeat in a folder of its own; the path itself need not exist. */
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
		// A machine that slept misses heartbeats; ending n8n for that would help nobody.
		onCompromised: () => undefined,
	});
}

function isTaken(error: unknown): boolean {
	return (error as NodeJS.ErrnoException).code === 'ELOCKED';
}

/**
 * Does something that only one process may do at a time; a second one waits.
 * @param onWait called once when there is somebody to wait for
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
 * Claims a folder for as long as this process lives; one whose owner was killed takes ten seconds.
 * @returns gives it back
 * @throws Failure when another process has it
 */
export async function claim(folder: string): Promise<() => Promise<void>> {
	try {
		// Inside: the folder around it may be closed to this user.
		return await acquire(folder, STALE_MS / 1000 + 1, join(folder, '.lock'));
	} catch (error) {
		if (!isTaken(error)) throw error;
		throw new Failure(
			`Another npm start uses ${folder}. End that one first, or set N8N_LOCAL_DATA to another folder.`,
		);
	}
}
