import { freeMb } from './disk.mjs';

const EVERY_MS = 5000;

/**
 * Prints a line every five seconds until stopped. The size is what the disk lost since the start,
 * because adding up 200,000 small files each time would slow down what is being measured.
 * @returns ends it
 */
export async function showProgress(
	folder: string,
	what: string,
	print: (line: string) => void,
): Promise<() => void> {
	const started = Date.now();
	const before = await freeMb(folder);
	const timer = setInterval(() => {
		const seconds = Math.round((Date.now() - started) / 1000);
		freeMb(folder).then(
			(free) => print(`  ${what}: ${Math.max(0, before - free)} MB so far, ${seconds} s`),
			() => print(`  ${what}: ${seconds} s`),
		);
	}, EVERY_MS);
	return () => clearInterval(timer);
}
