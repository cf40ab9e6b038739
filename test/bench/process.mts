import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** One sample of a process. */
export interface Sample {
	/** Unix milliseconds. */
	at: number;
	/** Resident memory. */
	bytes: number;
	/** The number of open files in n8n's binary storage. */
	open: number;
}

const EVERY_MS = 10;

/** The resident memory of a process in bytes, as Linux counts it. */
function residentBytes(pid: number): number {
	const [, kilobytes = '0'] =
		/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kilobytes) * 1024;
}

function openBinaries(pid: number): number {
	const folder = `/proc/${pid}/fd`;
	return readdirSync(folder).filter((fd) => {
		try {
			return readlinkSync(`${folder}/${fd}`).includes('/binary_data/');
		} catch {
			return false; // The file was closed meanwhile.
		}
	}).length;
}

/** Samples a process every 10 ms until `stop`. */
export function watchProcess(pid: number) {
	const samples: Sample[] = [];
	const timer = setInterval(
		() => samples.push({ at: Date.now(), bytes: residentBytes(pid), open: openBinaries(pid) }),
		EVERY_MS,
	);
	return {
		samples,
		stop: () => clearInterval(timer),
	};
}

const between = (samples: Sample[], from: number, to: number) =>
	samples.filter(({ at }) => at >= from && at <= to);

/** The bytes by which memory rose above its level at `from`, up to `to` (both Unix milliseconds). */
export function growth(samples: Sample[], from: number, to: number): number {
	const before = samples.filter(({ at }) => at <= from).at(-1) ?? samples[0];
	const during = between(samples, from, to).map(({ bytes }) => bytes);
	return Math.max(before.bytes, ...during) - before.bytes;
}

/** The most files that were open in one sample. */
export const openFiles = (samples: Sample[], from: number, to: number) =>
	Math.max(0, ...between(samples, from, to).map(({ open }) => open));
