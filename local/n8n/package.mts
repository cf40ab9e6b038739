import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const NAME = 'n8n-nodes-unstructured';

/** Where n8n keeps this package once it is installed. */
export function packageFolder(userFolder: string): string {
	return join(userFolder, '.n8n', 'nodes', 'node_modules', NAME);
}

/**
 * Puts the package where n8n keeps installed community nodes, so that it is loaded at the next start
 * under its real type names. It is a copy, because a new build empties `dist` under a running n8n.
 * @param source a folder with `package.json` and `dist`
 */
export async function putPackage(source: string, userFolder: string): Promise<void> {
	const target = packageFolder(userFolder);
	await rm(target, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	await cp(join(source, 'package.json'), join(target, 'package.json'));
	await cp(join(source, 'dist'), join(target, 'dist'), { recursive: true });
}
