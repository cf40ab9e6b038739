import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_PACKAGE, type Release } from './versions.mjs';

/** The checkout. */
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** Where n8n is installed: `N8N_LOCAL_CACHE`, or the user's cache folder. Never in the checkout. */
export function cacheFolder(): string {
	const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	return process.env.N8N_LOCAL_CACHE || join(base, 'n8n-nodes-unstructured');
}

/** What `npm start` keeps between two starts (n8n's database, log and owner): `N8N_LOCAL_DATA`. */
export function dataFolder(): string {
	return process.env.N8N_LOCAL_DATA || join(cacheFolder(), 'data');
}

/** The folder of this n8n on this Node.js; another version gets another folder. */
export function installFolder({ n8n, node }: Release): string {
	return join(cacheFolder(), `n8n-${n8n}-node-${node}`);
}

/** Where npm puts the Node.js binary of an installation. */
export function nodeBinFolder(install: string): string {
	return join(install, 'node_modules', NODE_PACKAGE, 'bin');
}

/** Node.js and n8n of an installation, as a command to run. */
export function n8nCommand(install: string): { node: string; script: string } {
	const executable = process.platform === 'win32' ? 'node.exe' : 'node';
	return {
		node: join(nodeBinFolder(install), executable),
		script: join(install, 'node_modules', 'n8n', 'bin', 'n8n'),
	};
}
