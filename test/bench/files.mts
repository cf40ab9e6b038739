import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MIB } from './table.mjs';

/** The bytes of each small file. */
export const SMALL_FILE = 20_000;

/** Replaces the contents of a folder with so many files of so many bytes each. */
export async function makeFiles(folder: string, count: number, size: number) {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const chunk = Buffer.alloc(Math.min(size, MIB), 'unstructured ');
	for (let i = 0; i < count; i++) {
		const file = await open(join(folder, `file-${String(i).padStart(5, '0')}.bin`), 'w');
		for (let left = size; left > 0; left -= chunk.length) {
			await file.write(chunk, 0, Math.min(left, chunk.length));
		}
		await file.close();
	}
}
