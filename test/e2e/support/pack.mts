import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildPackage } from '../../../local/n8n/build.mjs';
import { packageFolder } from '../../../local/n8n/package.mjs';
import { REPOSITORY } from '../../../local/n8n/paths.mjs';

/** The npm arguments of n8n 2.41 in the folder of a package that it has just unpacked. */
const N8N_INSTALL = [
	'install',
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

/**
 * Packs the package as npm publishes it.
 * @param folder where to work
 * @returns the tarball of `npm pack`
 */
export async function packPackage(folder: string, print: (line: string) => void): Promise<string> {
	await buildPackage(print);
	await mkdir(folder, { recursive: true });
	await execa('npm', ['pack', '--pack-destination', folder], { cwd: REPOSITORY });
	const [tarball] = await readdir(folder);
	return join(folder, tarball);
}

/**
 * Installs the tarball like n8n installs one from npm (`downloadPackage` of its
 * community-packages.service). n8n's own route needs npm's registry, and its other route needs a license.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<void> {
	const target = packageFolder(userFolder);
	await mkdir(target, { recursive: true });
	await execa('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
	const file = join(target, 'package.json');
	const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
	for (const kind of ['dev', 'peer', 'optional']) delete manifest[`${kind}Dependencies`];
	await writeFile(file, JSON.stringify(manifest, null, 2));
	await execa('npm', N8N_INSTALL, { cwd: target });
}

/** The type names that n8n must load: `<package>.<node>`. */
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
