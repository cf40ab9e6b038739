import { freeMb } from './disk.mjs';

const EVERY_MS = 5000;

/** The free space below which the disk counts as full. pnpm itself would keep retrying for minutes instead of failing. */
export const FULL_MB = 100;

/**
 * Prints the progress every five seconds. The size is the space that the disk has lost since the start, because adding up
 * 200,000 small files each time would slow down the installation.
 * @param onFull called when the disk is full
 * @returns a function that stops it
 */
export async function showProgress(
	folder: string,
	what: string,
	print: (line: string) => void,
	onFull: () => void,
): Promise<() => void> {
	const started = Date.now();
	const before = await freeMb(folder);
	const timer = setInterval(() => {
		const seconds = Math.round((Date.now() - started) / 1000);
		freeMb(folder).then(
			(free) => {
				print(`  ${what}: ${Math.max(0, before - free)} MB on the disk after ${seconds} s`);
				if (free < FULL_MB) onFull();
			},
			() => print(`  ${what}: ${seconds} s`),
		);
	}, EVERY_MS);
	return () => clearInterval(timer);
}
