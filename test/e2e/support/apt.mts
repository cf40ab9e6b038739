import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { execa } from 'execa';

/**
 * Installs a package of Debian when a file of it is not there; a service that comes with it is not
 * started.
 * @throws Error with the command to run when this is not root
 */
export async function needDebianPackage(name: string, file: string): Promise<void> {
	if (existsSync(file)) return;
	if (userInfo().uid !== 0) throw new Error(`Please run: sudo apt-get install ${name}`);
	console.log(`Installing Debian's package ${name}.`);
	const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
	await execa('apt-get', ['update'], { env });
	await execa('apt-get', ['install', '-y', '--no-install-recommends', name], { env });
}
