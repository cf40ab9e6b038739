import { startEmulator } from '../../../local/emulator/http/server.mjs';
import { openWorld, type World } from './world.mjs';

/** Where n8n keeps files. Its default is `filesystem`. */
export type BinaryMode = 'filesystem' | 'database' | 'default';

export type CommonWorld = Omit<World, 'restartN8n'>;

const worlds = new Map<BinaryMode, Promise<World>>();

/**
 * An n8n that all tests of this process have in common, and a new emulator. A start of n8n takes 20 seconds of CPU time.
 * @returns everything, and a function that ends the emulator. n8n ends with `closeCommonWorlds`
 */
export async function commonWorld(mode: BinaryMode = 'filesystem'): Promise<CommonWorld> {
	const opened = worlds.get(mode) ?? openWorld({ N8N_DEFAULT_BINARY_DATA_MODE: mode });
	worlds.set(mode, opened);
	const { folder, n8nUrl, api } = await opened;
	const emulator = await startEmulator({ port: 0 });
	return { folder, n8nUrl, api, emulator, close: emulator.close };
}

/** Ends each n8n that was started, and checks that no process is left. */
export async function closeCommonWorlds(): Promise<void> {
	for (const world of worlds.values()) await (await world).close();
}
