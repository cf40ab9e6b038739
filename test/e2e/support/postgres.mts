import { chown, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import { installDebian } from './debian.mjs';
import { startService } from './service.mjs';

const VERSIONS = '/usr/lib/postgresql';

/** Debian keeps each version of PostgreSQL in its own folder outside of the PATH. */
async function newestServer(): Promise<string | undefined> {
	const versions = await readdir(VERSIONS).catch(() => []);
	const newest = versions.sort((one, other) => Number(other) - Number(one))[0];
	return newest && join(VERSIONS, newest, 'bin', 'postgres');
}

/** PostgreSQL refuses to run as root, so it runs as Debian's user for it. */
async function runAs(): Promise<{ uid: number; gid: number } | undefined> {
	if (userInfo().uid !== 0) return undefined;
	const id = async (what: string) => Number((await execa('id', [what, 'postgres'])).stdout);
	return { uid: await id('-u'), gid: await id('-g') };
}

/** A real PostgreSQL on a free local port, with an empty database. */
export async function startPostgres() {
	const program = await installDebian('postgresql', newestServer);
	const as = await runAs();
	const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
	if (as) await chown(folder, as.uid, as.gid);
	const data = join(folder, 'data');
	const user = 'n8n';
	const initdb = ['-D', data, '-U', user, '--auth=trust', '--encoding=UTF8', '--no-sync'];
	await execa(join(program, '..', 'initdb'), initdb, { cwd: folder, ...as });
	const port = await getPort();
	// A test database need not survive a power loss.
	const settings = [
		`port=${port}`,
		'listen_addresses=127.0.0.1',
		'unix_socket_directories=',
		'fsync=off',
	];
	const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
	const command: [string, string[]] = [program, args];
	const { close } = await startService({ stop: 'SIGINT', folder, port, command, as });
	return { host: '127.0.0.1', port, user, database: 'postgres', close };
}
