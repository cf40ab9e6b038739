import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Linted {
	filePath: string;
	messages: Array<{ ruleId: string; message: string }>;
}

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'layers-'));
});
beforeEach(async () => {
	for (const sources of ['nodes', 'local']) {
		await rm(join(folder, sources), { recursive: true, force: true });
		await cp(sources, join(folder, sources), { recursive: true });
	}
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the lint of the floors on a copy of the sources with these files added. */
async function lint(planted: Record<string, string>) {
	for (const [path, code] of Object.entries(planted)) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), code);
	}
	const args = ['-c', resolve('test/layers.eslint.config.mjs'), '-f', 'json', 'nodes', 'local'];
	const eslint = resolve('node_modules/eslint/bin/eslint.js');
	return await new Promise<{ refused: Record<string, string[]>; failure: string }>((done) => {
		const options = { cwd: folder, maxBuffer: 1e8 };
		execFile(process.execPath, [eslint, ...args], options, (_error, stdout, stderr) => {
			const results = (stdout ? JSON.parse(stdout) : []) as Linted[];
			const refused = results
				.filter(({ messages }) => messages.length > 0)
				.map(({ filePath, messages }) => [
					filePath.slice(filePath.indexOf(folder) + folder.length + 1),
					messages.map(({ ruleId, message }) => `${ruleId}: ${message}`),
				]);
			done({ refused: Object.fromEntries(refused) as Record<string, string[]>, failure: stderr });
		});
	});
}

const NODE = 'nodes/Unstructured';
const takes = (type: string, from: string) =>
	`import type { ${type} } from '${from}';\nexport type Taken = ${type};\n`;
const because = (text: string) => [expect.stringContaining(text) as string];

it('rejects only imports from a higher floor, from a neighbor, or in a circle, types included', async () => {
	const { refused, failure } = await lint({
		[`${NODE}/transport/climb.ts`]: takes('Job', '../api/jobs'),
		[`${NODE}/jobs/output/climb.ts`]: takes('Waited', '../wait/waitForJobs'),
		[`${NODE}/fields/climb.ts`]: takes('Entry', '../entry'),
		[`${NODE}/entry.ts`]: 'export type Entry = string;\n',
		[`${NODE}/items/sideward.ts`]: takes('JobEvent', '../webhooks/payload'),
		[`${NODE}/api/again.ts`]: "export type { Taken as Again } from './circle';\n",
		[`${NODE}/api/circle.ts`]: takes('Again', './again'),
		[`${NODE}/api/inType.ts`]: "export type Hidden = import('../items/values').Hidden;\n",
		'local/emulator/wire/climb.mts': "export { main } from '../platform/state.mjs';\n",
		'local/n8n/circleOne.mts': takes('Taken as Two', './circleTwo.mjs').replace(/= .*;/, '= Two;'),
		'local/n8n/circleTwo.mts': takes('Taken as One', './circleOne.mjs').replace(/= .*;/, '= One;'),
	});
	expect(failure).toBe('');
	expect(refused).toEqual({
		[`${NODE}/transport/climb.ts`]: because("'transport' may import from lower floors only"),
		[`${NODE}/jobs/output/climb.ts`]: because("'jobs/output' may import from lower floors only"),
		[`${NODE}/fields/climb.ts`]: because('Entry points are above every folder'),
		[`${NODE}/items/sideward.ts`]: because("'items' may import from lower floors only"),
		[`${NODE}/api/again.ts`]: because('import-x/no-cycle'),
		[`${NODE}/api/circle.ts`]: because('import-x/no-cycle'),
		[`${NODE}/api/inType.ts`]: because('no-restricted-syntax'),
		'local/emulator/wire/climb.mts': because("'wire' may import from lower floors only"),
		'local/n8n/circleOne.mts': because('import-x/no-cycle'),
		'local/n8n/circleTwo.mts': because('import-x/no-cycle'),
	});
}, 300_000);

it('rejects a folder without a floor', async () => {
	const { failure } = await lint({ [`${NODE}/shared/drawer.ts`]: 'export const one = 1;\n' });
	expect(failure).toContain(`${NODE}/shared is on no floor of test/layers.eslint.config.mjs`);
}, 300_000);
