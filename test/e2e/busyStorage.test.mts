import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { emulatorCredential } from '../../local/n8n/credentials.mjs';
import { type Execution, runWorkflow } from '../../local/n8n/executions.mjs';
import { withBusyCores } from '../support/busyCores.mjs';
import { startOutputServer } from '../support/outputServer.mjs';
import { items, manualTrigger, saveChain, unstructured } from './support/chain.mjs';
import { openWorld } from './support/world.mjs';

const PRELOADED = fileURLToPath(new URL('support/busyLoop.cjs', import.meta.url));
/** The outputs of a run. Two of them are stored in parallel. */
const COUNT = 6;
const BYTES = 3 * 1024 * 1024;

/** The sizes of the files in n8n's storage for the items of a node. */
async function storedSizes(folder: string, { runs }: Execution, node: string) {
	const paths = await readdir(folder, { recursive: true });
	return await Promise.all(
		(runs[node][0].data?.main[0] ?? []).map(async ({ binary }) => {
			const [, id = 'none'] = /^filesystem-v2:.*\/([^/]+)$/.exec(binary?.data.id ?? '') ?? [];
			const path = paths.find((one) => one.endsWith(id));
			assert.ok(path, `No file of ${binary?.data.id}`);
			return (await stat(join(folder, path))).size;
		}),
	);
}

await test('JSON files are stored completely if the storage of a real n8n starts late', async (t) => {
	const outside = await mkdtemp(join(tmpdir(), 'busy-'));
	t.after(() => rm(outside, { recursive: true, force: true }));
	const busy = join(outside, 'busy');
	const server = await startOutputServer(BYTES);
	t.after(server.close);
	const world = await openWorld({
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		NODE_OPTIONS: `--require ${PRELOADED}`,
		BUSY_WHILE: busy,
	});
	t.after(world.close);
	const { api } = world;
	const credential = await emulatorCredential(api, {
		apiKey: 'output-key-0123456789',
		apiUrl: server.url,
	});
	const jobs = Array.from({ length: COUNT }, () => ({ id: 'paragraphs' }));
	const id = await saveChain(api, 'Output', [
		manualTrigger,
		items(...jobs),
		unstructured('Output', credential, {
			resource: 'job',
			operation: 'getOutput',
			outputFormat: 'binary',
		}),
	]);
	const whole = Array<number>(COUNT).fill(server.holds('paragraphs').bytes);
	const assertWhole = async (execution: Execution) => {
		assert.equal(execution.status, 'success', execution.error);
		assert.deepEqual(await storedSizes(world.folder, execution, 'Output'), whole);
	};

	await t.test('with its event loop busy', async () => {
		await writeFile(busy, '');
		try {
			const execution = await runWorkflow(api, id, 'Start', 300_000);
			await assertWhole(execution);
		} finally {
			await rm(busy);
		}
	});

	await t.test('with all cores busy, in three parallel executions', async () => {
		const executions = await withBusyCores(
			async () => await Promise.all([1, 2, 3].map(() => runWorkflow(api, id, 'Start', 300_000))),
		);
		for (const execution of executions) await assertWhole(execution);
	});
});
