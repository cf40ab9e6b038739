import { readFileSync } from 'node:fs';

/** One look at a process's resident memory. */
export interface Sample {
	/** Unix milliseconds. */
	at: number;
	bytes: number;
}

const EVERY_MS = 20;

/** Resident memory of a process in bytes, as Linux counts it. */
function residentBytes(pid: number): number {
	const [, kilobytes = '0'] =
		/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kilobytes) * 1024;
}

/** Looks at a process's memory every 20 ms until `stop`. */
export function watchMemory(pid: number) {
	const samples: Sample[] = [];
	const timer = setInterval(
		() => samples.push({ at: Date.now(), bytes: residentBytes(pid) }),
		EVERY_MS,
	);
	return {
		samples,
		stop: () => clearInterval(timer),
	};
}

/** By how many bytes memory rose above its level at `from`, up to `to` (both Unix milliseconds). */
export function growth(samples: Sample[], from: number, to: number): number {
	const before = samples.filter(({ at }) => at <= from).at(-1) ?? samples[0];
	const during = samples.filter(({ at }) => at >= from && at <= to).map(({ bytes }) => bytes);
	return Math.max(before.bytes, ...during) - before.bytes;
}
