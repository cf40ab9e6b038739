import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildPackage } from '../../../local/n8n/build.mjs';
import { REPOSITORY } from '../../../local/n8n/paths.mjs';

/**
 * What a person gets who installs the package: the tarball of `npm pack`, unpacked.
 * @param folder where to work
 * @returns the folder that holds its package.json
 */
export async function packPackage(folder: string, print: (line: string) => void): Promise<string> {
	await buildPackage(print);
	await mkdir(folder, { recursive: true });
	await execa('npm', ['pack', '--pack-destination', folder], { cwd: REPOSITORY });
	const [tarball] = await readdir(folder);
	await execa('tar', ['-xzf', tarball], { cwd: folder });
	return join(folder, 'package');
}

/** The type names that n8n must know: `<package>.<node>`. */
export async function shippedTypes(): Promise<{ nodes: string[]; credentials: string[] }> {
	const text = await readFile(join(REPOSITORY, 'package.json'), 'utf8');
	const { name, n8n } = JSON.parse(text) as {
		name: string;
		n8n: { nodes: string[]; credentials: string[] };
	};
	const own = (path: string) => {
		const base = path.replace(/^.*\//, '').replace(/\..*$/, '');
		return base[0].toLowerCase() + base.slice(1);
	};
	return {
		nodes: n8n.nodes.map((path) => `${name}.${own(path)}`),
		credentials: n8n.credentials.map(own),
	};
}
