import type { CredentialReference } from '../../local/n8n/credentials.mjs';
import { items, manualTrigger, saveChain, unstructured } from '../e2e/support/chain.mjs';
import type { OutputServer, Shape } from '../support/outputServer.mjs';
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

/**
 * Puts the output of a job into the storage of a fresh n8n that has done so with a little one before. Throws when not all
 * of it is stored.
 */
export async function downloadOnce(
	name: NodeName,
	server: OutputServer,
	signal: AbortSignal,
): Promise<DownloadResult> {
	const n8n = await startBench(server.url, signal);
	const node = NODES[name](server.url, n8n.credential);
	const download = async (shape: Shape): Promise<DownloadResult> => {
		const id = await saveChain(n8n.api, 'Bench', [manualTrigger, items({ id: shape }), node]);
		const { execution, samples } = await n8n.run(id);
		const [{ startTime, executionTime: ms, data }] = execution.runs[NAME];
		const stored = data?.main[0]?.[0].binary?.data.bytes;
		const { bytes } = server.holds(shape);
		if (stored !== bytes) throw new Error(`${stored} of ${bytes} bytes were stored`);
		return { ms, growth: growth(samples, startTime, startTime + ms) };
	};
	try {
		await download('little');
		return await download('paragraphs');
	} finally {
		await n8n.close();
	}
}
