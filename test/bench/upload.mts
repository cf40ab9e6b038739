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
import { type N8nApi, signIn } from '../../local/n8n/rest.mjs';
import { startN8n } from '../../local/n8n/server.mjs';
import { NEWEST } from '../../local/n8n/versions.mjs';
import { growth, watchMemory } from './memory.mjs';
import { startSink } from './sink.mjs';
import { median, MIB, printTable, type Measured } from './table.mjs';

/** What one node did with one upload, medians of the rounds; memory is the largest of them. */
interface UploadResult {
	milliseconds: number;
	memoryGrowth: number;
}

type UploadNode = (sinkUrl: string, credential: { id: string; name: string }) => Partial<INode>;

const unstructured: UploadNode = (_url, credential) => ({
	type: 'n8n-nodes-unstructured.unstructured',
	typeVersion: 1,
	parameters: {
		resource: 'workflow',
		operation: 'run',
		workflowId: { __rl: true, mode: 'id', value: 'bench' },
	},
	credentials: { unstructuredApi: credential },
});

const httpRequest: UploadNode = (url) => ({
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
});

const UPLOAD_NODES = { Unstructured: unstructured, 'HTTP Request': httpRequest };

/** Trigger -> a file into n8n's binary storage -> the node under test. */
function workflow(url: string, upload: Partial<INode>) {
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
			at('File', 200, {
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.4,
				parameters: {
					url: `${url}/file`,
					options: {
						response: { response: { responseFormat: 'file', outputPropertyName: 'data' } },
					},
				},
			}),
			at('Upload', 400, upload),
		],
		connections: { Start: to('File'), File: to('Upload') },
		settings: {},
	};
}

async function oneRound(api: N8nApi, id: string): Promise<number> {
	const execution = await runWorkflow(api, id, 'Start');
	if (execution.status !== 'success') throw new Error(`The upload ended with: ${execution.error}`);
	return execution.runs.Upload[0].executionTime;
}

/** Uploads a file of `size` bytes `rounds` times with one node, in an n8n of its own: memory freed late stays apart. */
async function measureUpload(
	make: UploadNode,
	size: number,
	rounds: number,
	signal: AbortSignal,
): Promise<UploadResult> {
	const install = await installN8n(signal, console.error);
	const userFolder = await mkdtemp(join(tmpdir(), 'bench-'));
	const sink = await startSink(size);
	await putPackage(REPOSITORY, userFolder);
	const n8n = await startN8n({ install, userFolder, port: await getPort(), signal });
	const memory = watchMemory(n8n.pid);
	try {
		const api = await signIn(n8n.url, await loadOwner(userFolder));
		const credential = await api.call<{ id: string; name: string }>('POST', '/credentials', {
			name: 'Bench',
			type: 'unstructuredApi',
			data: { apiKey: 'bench-key-0123456789', apiUrl: sink.url },
		});
		const node = make(sink.url, { id: credential.id, name: credential.name });
		const { id } = await api.call<{ id: string }>('POST', '/workflows', workflow(sink.url, node));
		const times: number[] = [];
		for (let round = 0; round < rounds; round++) times.push(await oneRound(api, id));
		const short = sink.uploads.find(({ bytes }) => bytes < size);
		if (short || sink.uploads.length !== rounds) throw new Error('An upload did not arrive whole');
		return {
			milliseconds: median(times),
			memoryGrowth: Math.max(
				...sink.uploads.map(({ began, ended }) => growth(memory.samples, began, ended)),
			),
		};
	} finally {
		memory.stop();
		await n8n.close();
		await sink.close();
		await rm(userFolder, { recursive: true, force: true });
	}
}

/** Workflow: Run beside the HTTP Request node, each in a real n8n of its own. */
export async function benchUpload(size: number, rounds: number, signal: AbortSignal) {
	const rows: Measured[] = [];
	const milliseconds: number[] = [];
	for (const [name, make] of Object.entries(UPLOAD_NODES)) {
		const result = await measureUpload(make, size, rounds, signal);
		milliseconds.push(result.milliseconds);
		rows.push({ what: `${name}: median time`, value: result.milliseconds / 1000, unit: 's' });
		const value = result.memoryGrowth / MIB;
		rows.push({ what: `${name}: growth of memory`, value, unit: 'MiB' });
	}
	const [own = NaN, other = NaN] = milliseconds;
	rows.push({ what: 'Time of Unstructured over HTTP Request', value: own / other, unit: '' });
	printTable(`Upload of ${size / MIB} MiB from filesystem storage, n8n ${NEWEST.n8n}`, rows);
}
