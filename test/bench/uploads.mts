import type { CredentialReference } from '../../local/n8n/credentials.mjs';
import { byId } from '../support/node.mjs';
import { manualTrigger, saveChain, unstructured } from '../e2e/support/chain.mjs';
import { makeFiles, SMALL_FILE } from './files.mjs';
import { httpRequest, NODE, startBench, type NodeName, type NodeRun } from './n8n.mjs';
import { startSink } from './sink.mjs';

const NODES = {
	Unstructured: (_apiUrl: string, credential: CredentialReference) =>
		unstructured(NODE, credential, {
			resource: 'workflow',
			operation: 'run',
			workflowId: byId('bench'),
		}),
	'HTTP Request': (apiUrl: string) =>
		httpRequest({
			method: 'POST',
			url: `${apiUrl}/upload`,
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: {
				parameters: [
					{ parameterType: 'formBinaryData', name: 'input_files', inputDataFieldName: 'data' },
				],
			},
			options: {},
		}),
};

export interface UploadResult extends NodeRun {
	requests: number;
}

/** An n8n with one node that uploads the files of a folder. */
export async function startUploads(name: NodeName, folder: string, signal: AbortSignal) {
	const sink = await startSink();
	const n8n = await startBench(sink.url, signal, { N8N_RESTRICT_FILE_ACCESS_TO: folder });
	const files = {
		name: 'Files',
		type: 'n8n-nodes-base.readWriteFile',
		typeVersion: 1.1,
		parameters: { operation: 'read', fileSelector: `${folder}/*.bin`, options: {} },
	};
	const close = async () => {
		await n8n.close();
		await sink.close();
	};
	try {
		const node = NODES[name](sink.url, n8n.credential);
		const id = await saveChain(n8n.api, 'Bench', [manualTrigger, files, node]);
		return {
			close,
			/** @param bytes the total size of the files: fewer must not arrive */
			async run(bytes: number): Promise<UploadResult> {
				const ran = await n8n.run(id);
				const uploads = sink.takeUploads();
				const arrived = uploads.reduce((sum, one) => sum + one, 0);
				if (arrived < bytes) throw new Error(`Only ${arrived} of ${bytes} bytes arrived`);
				return { ...ran, requests: uploads.length };
			},
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/**
 * Uploads so many new files of so many bytes from a fresh n8n that has sent a small one before. So memory
 * that n8n keeps from an earlier round, such as that of a whole file, does not count.
 */
export async function uploadOnce(
	name: NodeName,
	folder: string,
	{ count, size }: { count: number; size: number },
	signal: AbortSignal,
): Promise<UploadResult> {
	await makeFiles(folder, 1, SMALL_FILE);
	const uploads = await startUploads(name, folder, signal);
	try {
		await uploads.run(SMALL_FILE);
		await makeFiles(folder, count, size);
		return await uploads.run(count * size);
	} finally {
		await uploads.close();
	}
}
