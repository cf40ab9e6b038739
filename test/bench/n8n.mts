import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import type { INode } from 'n8n-workflow';
import { runWorkflow } from '../../local/n8n/executions.mjs';
import { installN8n } from '../../local/n8n/install.mjs';
import { loadOwner } from '../../local/n8n/owner.mjs';
import { putPackage } from '../../local/n8n/package.mjs';
import { REPOSITORY } from '../../local/n8n/paths.mjs';
import { signIn } from '../../local/n8n/rest.mjs';
import { startN8n } from '../../local/n8n/server.mjs';
import { growth, openFiles, watchProcess } from './process.mjs';
import { startSink } from './sink.mjs';

export type NodeName = 'Unstructured' | 'HTTP Request';

type Make = (sinkUrl: string, credential: { id: string; name: string }) => Partial<INode>;

const NODES: Record<NodeName, Make> = {
	Unstructured: (_url, credential) => ({
		type: 'n8n-nodes-unstructured.unstructured',
		typeVersion: 1,
		parameters: {
			resource: 'workflow',
			operation: 'run',
			workflowId: { __rl: true, mode: 'id', value: 'bench' },
		},
		credentials: { unstructuredApi: credential },
	}),
	'HTTP Request': (url) => ({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.4,
		parameters: {
			method: 'POST',
			url: `${url}/upload`,
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: {
				parameters: [
					{ parameterType: 'formBinaryData', name: 'input_files', inputDataFieldName: 'data' },
				],
			},
			options: {},
		},
	}),
};

/** Start -> the files of a folder into n8n's binary storage -> the node under test. */
function workflow(folder: string, upload: Partial<INode>) {
	const at = (name: string, x: number, rest: Partial<INode>) => ({
		id: name,
		name,
		position: [x, 0],
		parameters: {},
		typeVersion: 1,
		...rest,
	});
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		name: 'Bench',
		nodes: [
			at('Start', 0, { type: 'n8n-nodes-base.manualTrigger' }),
			at('Files', 200, {
				type: 'n8n-nodes-base.readWriteFile',
				typeVersion: 1.1,
				parameters: { operation: 'read', fileSelector: `${folder}/*.bin`, options: {} },
			}),
			at('Upload', 400, upload),
		],
		connections: { Start: to('Files'), Files: to('Upload') },
		settings: {},
	};
}

/** What one run of the node did. */
export interface UploadResult {
	/** Milliseconds that the node took, as n8n counts them. */
	ms: number;
	/** Bytes by which n8n's resident memory grew while the uploads arrived. */
	growth: number;
	requests: number;
	/** The most files of n8n's binary storage that were seen open at once while the uploads arrived. */
	open: number;
}

/**
 * A real n8n of its own, so that memory freed late stays apart, with one node that uploads what is in a folder. Files go
 * through n8n's storage on disk.
 */
export async function startUploads(name: NodeName, folder: string, signal: AbortSignal) {
	const install = await installN8n(signal, console.error);
	const userFolder = await mkdtemp(join(tmpdir(), 'bench-'));
	const sink = await startSink();
	await putPackage(REPOSITORY, userFolder);
	const settings = {
		N8N_RESTRICT_FILE_ACCESS_TO: folder,
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
	};
	const n8n = await startN8n({ install, userFolder, port: await getPort(), signal, settings });
	const watched = watchProcess(n8n.pid);
	const close = async () => {
		watched.stop();
		await n8n.close();
		await sink.close();
		await rm(userFolder, { recursive: true, force: true });
	};
	try {
		const api = await signIn(n8n.url, await loadOwner(userFolder));
		const credential = await api.call<{ id: string; name: string }>('POST', '/credentials', {
			name: 'Bench',
			type: 'unstructuredApi',
			data: { apiKey: 'bench-key-0123456789', apiUrl: sink.url },
		});
		const node = NODES[name](sink.url, { id: credential.id, name: credential.name });
		const { id } = await api.call<{ id: string }>('POST', '/workflows', workflow(folder, node));
		return {
			close,
			/** @param bytes that the files have together: fewer must not arrive */
			async run(bytes: number): Promise<UploadResult> {
				const execution = await runWorkflow(api, id, 'Start', 600_000);
				if (execution.status !== 'success') {
					throw new Error(`The upload ended with: ${execution.error}`);
				}
				const uploads = sink.takeUploads();
				const arrived = uploads.reduce((sum, upload) => sum + upload.bytes, 0);
				if (arrived < bytes) throw new Error(`Only ${arrived} of ${bytes} bytes arrived`);
				const from = Math.min(...uploads.map(({ began }) => began));
				const to = Math.max(...uploads.map(({ ended }) => ended));
				return {
					ms: execution.runs.Upload[0].executionTime,
					growth: growth(watched.samples, from, to),
					requests: uploads.length,
					open: openFiles(watched.samples, from, to),
				};
			},
		};
	} catch (error) {
		await close();
		throw error;
	}
}

export type Uploads = Awaited<ReturnType<typeof startUploads>>;
