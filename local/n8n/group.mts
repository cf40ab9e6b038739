import { setTimeout as delay } from 'node:timers/promises';

const STOP_TIMEOUT_MS = 10_000;

/**
 * Sends a signal to a process and all that it started; 0 only asks.
 * @param pid its leader
 * @returns whether there is anything left of it
 */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(-pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
		throw error;
	}
}

/** Ends a process group: politely, and after ten seconds by force. */
export async function endGroup(pid: number): Promise<void> {
	signalGroup(pid, 'SIGTERM');
	const deadline = Date.now() + STOP_TIMEOUT_MS;
	while (signalGroup(pid, 0) && Date.now() < deadline) await delay(50);
	signalGroup(pid, 'SIGKILL');
}
