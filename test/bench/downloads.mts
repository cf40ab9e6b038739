import type { CredentialReference } from '../../local/n8n/credentials.mjs';
import { items, manualTrigger, saveChain, unstructured } from '../e2e/support/chain.mjs';
import type { Shape } from '../support/outputServer.mjs';
import { startBench, type NodeName } from './n8n.mjs';
import { growth } from './process.mjs';

const NAME = 'Download';

const NODES = {
	Unstructured: (_apiUrl: string, credential: CredentialReference) =>
		unstructured(NAME, credential, {
			resource: 'job',
			operation: 'getOutput',
			outputFormat: 'binary',
		}),
	'HTTP Request': (apiUrl: string) => ({
		name: NAME,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.4,
		parameters: {
			url: `=${apiUrl}/api/v1/jobs/{{ $json.id }}/download`,
			options: { response: { response: { responseFormat: 'file' } } },
		},
	}),
};

/** What one run of the node did. */
export interface DownloadResult {
	/** Milliseconds that the node took, as n8n counts them. */
	ms: number;
	/** Bytes by which n8n's resident memory grew meanwhile. */
	growth: number;
}

/** An n8n with one node that puts the output of a job into n8n's storage. */
export async function startDownloads(name: NodeName, apiUrl: string, signal: AbortSignal) {
	const n8n = await startBench(apiUrl, signal);
	const node = NODES[name](apiUrl, n8n.credential);
	return {
		close: n8n.close,
		/** @param bytes that the output has: no others must be stored */
		async run(job: Shape, bytes: number): Promise<DownloadResult> {
			const id = await saveChain(n8n.api, 'Bench', [manualTrigger, items({ id: job }), node]);
			const { execution, samples } = await n8n.run(id);
			const [{ startTime, executionTime: ms, data }] = execution.runs[NAME];
			const stored = data?.main[0]?.[0].binary?.data.bytes;
			if (stored !== bytes) throw new Error(`${stored} of ${bytes} bytes were stored`);
			return { ms, growth: growth(samples, startTime, startTime + ms) };
		},
	};
}

export type Downloads = Awaited<ReturnType<typeof startDownloads>>;
