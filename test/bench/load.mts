import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installFolder, n8nCommand } from '../../local/n8n/paths.mjs';
import { NEWEST } from '../../local/n8n/versions.mjs';
import { packageFolder } from '../../local/n8n/package.mjs';
import { installPackage, packPackage } from '../e2e/support/pack.mjs';
import type { Sizes } from './options.mjs';
import type { Row } from './table.mjs';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('requireTime.cjs', import.meta.url));

/** The bytes of all files in a folder. */
async function folderBytes(folder: string): Promise<number> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const sizes = files.map(
		async ({ parentPath, name }) => (await stat(join(parentPath, name))).size,
	);
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** The load time of the packed package and of n8n's own node, each in a new process, and the package's size on disk. */
export async function benchLoad({ rounds }: Sizes): Promise<Row[]> {
	const modules = join(installFolder(NEWEST), 'node_modules');
	const { node } = n8nCommand(installFolder(NEWEST));
	const load = async (...paths: string[]) =>
		Number((await run(node, [SCRIPT, ...paths], { env: { NODE_PATH: modules } })).stdout);
	const folder = await mkdtemp(join(tmpdir(), 'bench-'));
	try {
		const userFolder = join(folder, 'n8n');
		await installPackage(await packPackage(join(folder, 'pack'), console.error), userFolder);
		const packed = packageFolder(userFolder);
		const manifest = JSON.parse(await readFile(join(packed, 'package.json'), 'utf8')) as {
			dependencies?: Record<string, string>;
			n8n: { nodes: string[]; credentials: string[] };
		};
		const files = [...manifest.n8n.nodes, ...manifest.n8n.credentials].map((path) =>
			join(packed, path),
		);
		const own: number[] = [];
		const values: number[] = [];
		for (let round = 0; round < rounds; round++) {
			own.push(await load(...files));
			values.push(await load('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js'));
		}
		return [
			{
				kind: 'time',
				what: 'loading the package',
				unit: 'ms',
				own,
				peer: { name: 'HTTP Request', values },
				goal: { of: 'value', atMost: 50 },
			},
			{
				kind: 'count',
				what: 'size of the installed package',
				unit: 'kB',
				own: [(await folderBytes(packed)) / 1000],
				goal: { of: 'value', atMost: 1000 },
			},
			{
				kind: 'count',
				what: 'packages that it depends on',
				unit: '',
				own: [Object.keys(manifest.dependencies ?? {}).length],
				goal: { of: 'value', atMost: 0 },
			},
		];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
