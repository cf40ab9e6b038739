import type { CredentialReference } from '../../local/n8n/credentials.mjs';
import { items, manualTrigger, saveChain, unstructured } from '../e2e/support/chain.mjs';
import type { OutputServer, Shape } from '../support/outputServer.mjs';
import { httpRequest, NODE, startBench, type NodeName, type NodeRun } from './n8n.mjs';

const NODES = {
	Unstructured: (_apiUrl: string, credential: CredentialReference) =>
		unstructured(NODE, credential, {
			resource: 'job',
			operation: 'getOutput',
			outputFormat: 'binary',
		}),
	'HTTP Request': (apiUrl: string) =>
		httpRequest({
			url: `=${apiUrl}/api/v1/jobs/{{ $json.id }}/download`,
			options: { response: { response: { responseFormat: 'file' } } },
		}),
};

/**
 * Stores the output of a job in a fresh n8n that has stored a small one before. Throws if not all
 * of the output is stored.
 */
export async function downloadOnce(
	name: NodeName,
	server: OutputServer,
	signal: AbortSignal,
): Promise<NodeRun> {
	const n8n = await startBench(server.url, signal);
	const node = NODES[name](server.url, n8n.credential);
	const download = async (shape: Shape): Promise<NodeRun> => {
		const id = await saveChain(n8n.api, 'Bench', [manualTrigger, items({ id: shape }), node]);
		const ran = await n8n.run(id);
		const stored = ran.items[0].binary?.data.bytes;
		const { bytes } = server.holds(shape);
		if (stored !== bytes) throw new Error(`${stored} of ${bytes} bytes were stored`);
		return ran;
	};
	try {
		await download('little');
		return await download('paragraphs');
	} finally {
		await n8n.close();
	}
}
