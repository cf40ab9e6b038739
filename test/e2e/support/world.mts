import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { startEmulator } from '../../../local/emulator/http/server.mjs';
import { installN8n } from '../../../local/n8n/install.mjs';
import { loadOwner } from '../../../local/n8n/owner.mjs';
import { type N8nApi, signIn } from '../../../local/n8n/rest.mjs';
import { startN8n } from '../../../local/n8n/server.mjs';
import { NEWEST } from '../../../local/n8n/versions.mjs';
import { assertNothingLeft } from './assertNothingLeft.mjs';
import { installPackage, packPackage } from './pack.mjs';

export interface World {
	folder: string;
	emulator: Awaited<ReturnType<typeof startEmulator>>;
	n8nUrl: string;
	/** The REST API of the current n8n process. */
	readonly api: N8nApi;
	/** Restarts n8n with the same data and URL, with something to do between its end and its start. */
	restartN8n: (whileDown?: () => Promise<void>) => Promise<void>;
	close: () => Promise<void>;
}

const print = (line: string) => console.log(line);

/**
 * The packed package in a fresh n8n, and the emulator, on free ports, in their own folder.
 * @param settings further settings of n8n
 * @param release the version of n8n
 * @returns everything, and a function that ends it, removes the folder, and checks that no process is left
 */
export async function openWorld(
	settings?: Record<string, string>,
	release = NEWEST,
): Promise<World> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const { signal } = new AbortController();
	const ports = [await getPort(), await getPort()];
	const [n8nPort, emulatorPort] = ports;
	const closers = [
		() => rm(folder, { recursive: true, force: true }),
		() => assertNothingLeft([folder], ports),
	];
	const close = async () => {
		for (const end of closers.reverse()) await end();
	};
	try {
		const install = await installN8n(signal, print, release);
		const userFolder = join(folder, 'n8n');
		await installPackage(await packPackage(join(folder, 'pack'), print), userFolder);
		const emulator = await startEmulator({ port: emulatorPort });
		closers.push(() => emulator.close());
		const options = {
			install,
			userFolder,
			port: n8nPort,
			signal,
			settings: { ...release.settings, ...settings },
		};
		const start = async () => {
			print(`Starting n8n ${release.n8n}.`);
			return await startN8n(options);
		};
		let n8n = await start();
		closers.push(() => n8n.close());
		let api = await signIn(n8n.url, await loadOwner(folder));
		return {
			folder,
			emulator,
			n8nUrl: n8n.url,
			get api() {
				return api;
			},
			async restartN8n(whileDown) {
				await n8n.close();
				await whileDown?.();
				n8n = await start();
				api = await signIn(n8n.url, await loadOwner(folder));
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
