import { setTimeout as delay } from 'node:timers/promises';

const STOP_TIMEOUT_MS = 10_000;

/**
 * Sends a signal to a process and all processes that it started. Signal 0 only checks whether they exist.
 * @param pid the leader of the process group
 * @returns whether the group still exists
 */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
		throw error;
	}
}

/** Stops a process group, and kills it after ten seconds. */
export async function endGroup(pid: number): Promise<void> {
	signalGroup(pid, 'SIGTERM');
	const deadline = Date.now() + STOP_TIMEOUT_MS;
	while (signalGroup(pid, 0) && Date.now() < deadline) await delay(50);
	signalGroup(pid, 'SIGKILL');
}
