import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Owner } from './rest.mjs';

/** Creates a password as n8n requires it: eight characters, an uppercase letter, and a digit. */
function newOwner(): Owner {
	return { email: 'owner@example.com', password: `A1-${randomBytes(9).toString('base64url')}` };
}

/**
 * Returns the owner of the n8n in a data folder. The password is created once, in a file that only this user can read: anyone
 * who can sign in to n8n can run commands as the user who started it.
 */
export async function loadOwner(folder: string): Promise<Owner> {
	const file = join(folder, 'owner.json');
	try {
		return JSON.parse(await readFile(file, 'utf8')) as Owner;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
	const owner = newOwner();
	await mkdir(folder, { recursive: true });
	await writeFile(file, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
	return owner;
}
