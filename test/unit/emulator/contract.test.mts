import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readContract } from '../../../local/emulator/contract.mjs';
import { handlers } from '../../../local/emulator/routes/index.mjs';

const TYPES = 'nodes/Unstructured/transport/types.ts';

it('is what the types were made from', async () => {
	const folder = await mkdtemp(join(tmpdir(), 'types-'));
	try {
		const fresh = join(folder, 'types.ts');
		await promisify(execFile)(process.execPath, [
			'node_modules/openapi-typescript/bin/cli.js',
			'local/emulator/openapi.yaml',
			'-o',
			fresh,
		]);
		expect(await readFile(TYPES, 'utf8')).toBe(await readFile(fresh, 'utf8'));
	} finally {
		await rm(folder, { recursive: true });
	}
});

it('has a handler for every operation, and no other handlers', () => {
	const operations = Object.values(readContract().paths)
		.flatMap((path) => Object.values(path))
		.flatMap(({ operationId }) => operationId ?? []);
	expect(operations.length).toBeGreaterThan(0);
	expect(Object.keys(handlers).sort()).toEqual(operations.sort());
});
