import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'n8n-nodes-unstructured';

/** Returns the folder where n8n installs this package. */
export function packageFolder(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes', 'node_modules', NAME);
}

/**
 * Copies the package to where n8n installs community nodes, so the next start loads it with its real type names. A link would
 * not do: a new build empties `dist` while n8n is running.
 * @param source a folder with `package.json` and `dist`
 */
export async function putPackage(source: string, userFolder: string): Promise<void> {
	const target = packageFolder(userFolder);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await cp(join(source, 'package.json'), join(target, 'package.json'));
	await cp(join(source, 'dist'), join(target, 'dist'), { recursive: true });
}
