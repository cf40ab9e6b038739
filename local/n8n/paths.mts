import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_PACKAGE, type Release } from './versions.mjs';

/** The root folder of the repository. */
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** Returns where n8n is installed: `N8N_LOCAL_CACHE`, or the user's cache folder. Never in the repository. */
export function cacheFolder(): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return process.env.N8N_LOCAL_CACHE || join(base, 'n8n-nodes-unstructured');
}

/** Returns the folder that `npm start` keeps across starts, with n8n's database, log, and owner: `N8N_LOCAL_DATA`. */
export function dataFolder(): string {
	return process.env.N8N_LOCAL_DATA || join(cacheFolder(), 'data');
}

/** Returns the folder of an n8n version with its Node.js version. */
export function installFolder({ n8n, node }: Release): string {
	return join(cacheFolder(), `n8n-${n8n}-node-${node}`);
}

/** Returns where pnpm keeps packages. Installed versions share them by hard links, so this takes no further space. */
export function packageStore(): string {
	return join(cacheFolder(), 'pnpm');
}

/** Returns where pnpm places the Node.js binary of an installation. */
export function nodeBinFolder(install: string): string {
	return join(install, 'node_modules', NODE_PACKAGE, 'bin');
}

/** Returns the Node.js binary and the n8n script of an installation. */
export function n8nCommand(install: string): { node: string; script: string } {
	const executable = process.platform === 'win32' ? 'node.exe' : 'node';
	return {
		node: join(nodeBinFolder(install), executable),
		script: join(install, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}
