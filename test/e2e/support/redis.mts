import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { installDebian } from './debian.mjs';
import { startService } from './service.mjs';

/** A real Redis on a free local port that keeps everything in memory. */
export async function startRedis() {
	const program = '/usr/bin/redis-server';
	await installDebian('redis-server', () => Promise.resolve(program));
	const folder = await mkdtemp(join(tmpdir(), 'redis-'));
	const port = await getPort();
	const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
	const command: [string, string[]] = [program, args];
	const { close } = await startService({ stop: 'SIGTERM', folder, port, command });
	return { host: '127.0.0.1', port, close };
}
