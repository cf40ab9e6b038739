import { freeMb } from './disk.mjs';

const EVERY_MS = 5000;

/** With less than this left, npm does not end with an error: it tries for minutes. */
export const FULL_MB = 100;

/**
 * Prints a line every five seconds until stopped. The size is what the disk lost since the start,
 * because adding up 200,000 small files each time would slow down what is being measured.
 * @param onFull called when the disk is full
 * @returns ends it
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
				print(`  ${what}: ${Math.max(0, before - free)} MB so far, ${seconds} s`);
				if (free < FULL_MB) onFull();
			},
			() => print(`  ${what}: ${seconds} s`),
		);
	}, EVERY_MS);
	return () => clearInterval(timer);
}
