import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualTrigger, saveChain, unstructured } from '../e2e/support/chain.mjs';
import { startEmulator } from '../support/emulator.mjs';
import { makeFiles, SMALL_FILE } from './files.mjs';
import { loopWorkflow } from './loopWorkflow.mjs';
import { BENCH_KEY, NODE, startBench, type WholeRun } from './n8n.mjs';
import type { Sizes } from './options.mjs';
import { memoryRow, timeRow, type Row } from './table.mjs';

const PEER = 'a loop of HTTP Requests';
const OPTIONS = {
	jobSeconds: 0.1,
	/** No pause between two starts. The node waits a second between jobs anyway; the loop would have to wait too. */
	launchSpacing: 0,
};

interface Result extends WholeRun {
	requests: number;
	/** The nodes that a user adds after those that read the files. */
	nodes: number;
}

/** Runs one of the two workflows on so many files, in a fresh n8n that has run it once on one file. */
async function runOnce(way: 'node' | 'loop', count: number, signal: AbortSignal): Promise<Result> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-files-'));
	const emulator = await startEmulator(BENCH_KEY);
	await emulator.reset(OPTIONS);
	const n8n = await startBench(emulator.url, signal, { N8N_RESTRICT_FILE_ACCESS_TO: folder });
	const files = {
		name: 'Files',
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1.1,
		parameters: { operation: 'read', fileSelector: `${folder}/*.bin`, options: {} },
	};
	const save = async () => {
		if (way === 'node') {
			const parameters = { resource: 'document', operation: 'parse' };
			const node = unstructured(NODE, n8n.credential, parameters);
			return { id: await saveChain(n8n.api, 'Bench', [manualTrigger, files, node]), nodes: 1 };
		}
		const { workflow, nodes } = loopWorkflow(files, emulator.url, BENCH_KEY);
		return { id: (await n8n.api.call<{ id: string }>('POST', '/workflows', workflow)).id, nodes };
	};
	try {
		const { id, nodes } = await save();
		await makeFiles(folder, 1, SMALL_FILE);
		await n8n.runWhole(id);
		await makeFiles(folder, count, SMALL_FILE);
		await emulator.reset(OPTIONS);
		const { ms, growth } = await n8n.runWhole(id);
		const requests = await emulator.requests();
		const downloads = requests.filter(({ path }) => path.endsWith('/download')).length;
		if (downloads !== count) throw new Error(`${downloads} of ${count} outputs were read`);
		return { ms, growth, requests: requests.length, nodes };
	} finally {
		await n8n.close();
		await emulator.close();
		await rm(folder, { recursive: true, force: true });
	}
}

/**
 * Document: Parse compared with the loop that a user builds from n8n's own nodes. Once each: the loop takes minutes. The
 * server requires no pause between two starts. The node makes that pause anyway, and the loop would have to.
 */
export async function benchDocument(
	{ documents: count, peers }: Sizes,
	signal: AbortSignal,
): Promise<Row[]> {
	// Each row has its goal in a ratio.
	if (!peers) return [];
	const own = await runOnce('node', count, signal);
	const peer = await runOnce('loop', count, signal);
	const what = `Document: Parse of ${count} files of 20 kB`;
	const counted = (name: string, pick: (result: Result) => number): Row => ({
		kind: 'count',
		what: `${what}: ${name}`,
		unit: '',
		own: [pick(own)],
		peer: { name: PEER, values: [pick(peer)] },
		goal: { of: 'ratio', atMost: 1 },
	});
	return [
		counted('nodes', ({ nodes }) => nodes),
		counted('requests', ({ requests }) => requests),
		timeRow(what, [own.ms], { peer: { name: PEER, values: [peer.ms] }, atMost: 1 }),
		memoryRow(what, [own.growth], { peer: { name: PEER, values: [peer.growth] } }),
	];
}
