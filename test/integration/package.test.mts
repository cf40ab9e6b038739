import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHIPPED } from '../support/shipped.mjs';

interface Manifest {
	dependencies?: Record<string, string>;
	peerDependencies: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const folder = mkdtempSync(join(tmpdir(), 'package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// The rules lint every file as a trigger under jest's NODE_ENV.
const env = { ...process.env, NODE_ENV: 'production' };
const run = (command: string, args: string[]) =>
	execFileSync(command, args, { encoding: 'utf8', env });

let files: string[];
beforeAll(() => {
	const [packed] = JSON.parse(
		run('npm', ['pack', '--json', '--silent', '--pack-destination', folder]),
	) as Array<{ filename: string; files: Array<{ path: string }> }>;
	files = packed.files.map(({ path }) => path);
	run('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
});

it('ships the built node and nothing else', () => {
	expect(files.filter((path) => !SHIPPED.test(path))).toEqual([]);
	expect(files).toEqual(
		expect.arrayContaining([
			'LICENSE.md',
			'README.md',
			'dist/nodes/Unstructured/unstructured.svg',
			'dist/nodes/Unstructured/unstructured.dark.svg',
			'dist/nodes/Unstructured/Unstructured.node.json',
			...manifest.n8n.nodes,
			...manifest.n8n.credentials,
		]),
	);
});

it('needs nothing but n8n', () => {
	expect(manifest.dependencies).toBeUndefined();
	expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	const imports = files
		.filter((path) => path.endsWith('.js'))
		.flatMap((path) => [
			...readFileSync(join(folder, 'package', path), 'utf8').matchAll(/require\("([^."][^"]*)"\)/g),
		])
		.map(([, name]) => name);
	expect(new Set(imports)).toEqual(new Set(['n8n-workflow', 'node:crypto']));
});

it("passes n8n's scanner, as sources and as packed", () => {
	const script = [
		'--import',
		'tsx',
		'test/support/scan.mts',
		process.cwd(),
		join(folder, 'package'),
	];
	const results: unknown = JSON.parse(run(process.execPath, script));
	expect(results).toEqual({ sources: { passed: true }, package: { passed: true } });
}, 60_000);
