import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import { emulatorCredential } from '../../local/n8n/credentials.mjs';
import { runWorkflow } from '../../local/n8n/executions.mjs';
import { installN8n } from '../../local/n8n/install.mjs';
import { loadOwner } from '../../local/n8n/owner.mjs';
import { putPackage } from '../../local/n8n/package.mjs';
import { REPOSITORY } from '../../local/n8n/paths.mjs';
import { signIn } from '../../local/n8n/rest.mjs';
import { startN8n } from '../../local/n8n/server.mjs';
import { growth, openFiles, watchProcess } from './process.mjs';

export type NodeName = 'Unstructured' | 'HTTP Request';

const TIMEOUT_MS = 600_000;

/** Milliseconds between two requests to n8n for the status of a run: their garbage is measured too. */
const PAUSE_MS = { node: 2_000, whole: 10_000 };

/** The API key in the credential of a benchmark's n8n. */
export const BENCH_KEY = 'bench-key-0123456789';

/** The name of the node under test. */
export const NODE = 'Node';

/** n8n's own node for APIs without a node. */
export const httpRequest = (parameters: INode['parameters']) => ({
	name: NODE,
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.4,
	parameters,
});

/** The measurements of one run of the node under test. */
export interface NodeRun {
	/** The milliseconds that the node took, as n8n counts them. */
	ms: number;
	/** The bytes by which n8n's resident memory grew during the run. */
	growth: number;
	/** The most files of n8n's binary storage that were open at the same time. */
	open: number;
	items: INodeExecutionData[];
}

/** The measurements of all nodes of a workflow, from the start of the first to the end of the last. */
export type WholeRun = Pick<NodeRun, 'ms' | 'growth'>;

/**
 * A separate real n8n, so memory freed late does not count, with a credential for an API. Files go through its storage
 * on disk.
 * @param settings further settings of n8n
 */
export async function startBench(
	apiUrl: string,
	signal: AbortSignal,
	settings: Record<string, string> = {},
) {
	const install = await installN8n(signal, console.error);
	const userFolder = await mkdtemp(join(tmpdir(), 'bench-'));
	await putPackage(REPOSITORY, userFolder);
	const n8n = await startN8n({
		install,
		userFolder,
		port: await getPort(),
		signal,
		settings: { N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem', ...settings },
	});
	const close = async () => {
		await n8n.close();
		await rm(userFolder, { recursive: true, force: true });
	};
	try {
		const api = await signIn(n8n.url, await loadOwner(userFolder));
		const credential = await emulatorCredential(api, { apiKey: BENCH_KEY, apiUrl });
		const watched = async (workflowId: string, pauseMs: number) => {
			const { samples, stop } = watchProcess(n8n.pid);
			try {
				const pause = () => pauseMs;
				const execution = await runWorkflow(api, workflowId, 'Start', TIMEOUT_MS, pause);
				const { status, error, runs } = execution;
				if (status !== 'success') throw new Error(`The execution ended with: ${error}`);
				return { samples, runs };
			} finally {
				stop();
			}
		};
		return {
			api,
			credential,
			close,
			/** Runs a saved workflow, and samples n8n meanwhile. Throws if it fails. */
			async run(workflowId: string): Promise<NodeRun> {
				const { samples, runs } = await watched(workflowId, PAUSE_MS.node);
				const [{ startTime, executionTime: ms, data }] = runs[NODE];
				return {
					ms,
					growth: growth(samples, startTime, startTime + ms),
					open: openFiles(samples, startTime, startTime + ms),
					items: data?.main[0] ?? [],
				};
			},
			/** Like `run`, but for all nodes together. */
			async runWhole(workflowId: string): Promise<WholeRun> {
				const { samples, runs } = await watched(workflowId, PAUSE_MS.whole);
				const all = Object.values(runs).flat();
				const began = Math.min(...all.map(({ startTime }) => startTime));
				const ended = Math.max(...all.map((run) => run.startTime + run.executionTime));
				return { ms: ended - began, growth: growth(samples, began, ended) };
			},
		};
	} catch (error) {
		await close();
		throw error;
	}
}
