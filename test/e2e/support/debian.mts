import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { execa } from 'execa';

/** Keeps the service of a package from starting, because a test starts its own. */
const QUIET = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };

/**
 * Installs a Debian package if the program from it is missing.
 * @param find returns the path of the program, which may not exist, or nothing
 * @returns the path of the program
 * @throws Error with the command to run, if the user is not root
 */
export async function installDebian(
	name: string,
	find: () => Promise<string | undefined>,
): Promise<string> {
	const isThere = async () => {
		const path = await find();
		return path !== undefined && existsSync(path) ? path : undefined;
	};
	const before = await isThere();
	if (before) return before;
	if (userInfo().uid !== 0) throw new Error(`Please run: sudo apt-get install ${name}`);
	const started = Date.now();
	console.log(`Installing ${name} from Debian: once, less than a minute.`);
	await execa('apt-get', ['update'], { env: QUIET });
	await execa('apt-get', ['install', '-y', '--no-install-recommends', name], { env: QUIET });
	console.log(`  ${name}: ${Math.round((Date.now() - started) / 1000)} s`);
	const after = await isThere();
	if (!after) throw new Error(`Debian's package ${name} does not have what is expected in it`);
	return after;
}
