import type { INode } from 'n8n-workflow';
import { manualTrigger } from '../e2e/support/chain.mjs';
import { httpRequest, NODE } from './n8n.mjs';

type GivenNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

/** Seconds between two checks of a job: far less than a user would choose. */
const WAIT = 0.25;

/** The nodes that a user builds today from n8n's own nodes, between the files and the results. */
function nodesOf(apiUrl: string, apiKey: string): GivenNode[] {
	const request = (name: string, path: string, more: INode['parameters'] = {}) => ({
		...httpRequest({
			url: `=${apiUrl}/api/v1${path}`,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'unstructured-api-key', value: apiKey }] },
			...more,
			options: {},
		}),
		name,
	});
	const request_data = JSON.stringify({
		job_nodes: [
			{
				name: 'Partitioner',
				type: 'partition',
				subtype: 'vlm',
				settings: { is_dynamic: true, allow_fast: true },
			},
		],
	});
	return [
		{
			name: NODE,
			type: 'n8n-nodes-base.splitInBatches',
			typeVersion: 3,
			parameters: { batchSize: 1, options: {} },
		},
		request('Start Job', '/jobs/', {
			method: 'POST',
			sendBody: true,
			contentType: 'multipart-form-data',
			bodyParameters: {
				parameters: [
					{ parameterType: 'formData', name: 'request_data', value: request_data },
					{ parameterType: 'formBinaryData', name: 'input_files', inputDataFieldName: 'data' },
				],
			},
		}),
		{
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { resume: 'timeInterval', amount: WAIT, unit: 'seconds' },
			webhookId: crypto.randomUUID(),
		},
		request('Get Job', '/jobs/{{ $json.id }}'),
		{
			name: 'Is It Done?',
			type: 'n8n-nodes-base.if',
			typeVersion: 2.2,
			parameters: {
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
					conditions: [
						{
							id: 'done',
							leftValue: '={{ $json.status }}',
							rightValue: 'COMPLETED',
							operator: { type: 'string', operation: 'equals' },
						},
					],
					combinator: 'and',
				},
				options: {},
			},
		},
		request('Get Output', '/jobs/{{ $json.id }}/download?file_id={{ $json.input_file_ids[0] }}'),
	];
}

/** The target of each output of each node. */
const LINKS: Array<[from: string, output: number, to: string]> = [
	[manualTrigger.name, 0, 'Files'],
	['Files', 0, NODE],
	[NODE, 1, 'Start Job'],
	['Start Job', 0, 'Wait'],
	['Wait', 0, 'Get Job'],
	['Get Job', 0, 'Is It Done?'],
	['Is It Done?', 0, 'Get Output'],
	['Is It Done?', 1, 'Wait'],
	['Get Output', 0, NODE],
];

/**
 * Loop Over Items with one on-demand job per file, checked until it is finished. A job of several files cannot be sent by the
 * HTTP Request node, whose form has the files of one item.
 * @param files the node that reads the files
 */
export function loopWorkflow(files: GivenNode, apiUrl: string, apiKey: string) {
	const own = nodesOf(apiUrl, apiKey);
	const nodes = [manualTrigger, files, ...own].map((node, place) => ({
		id: `node-${place}`,
		typeVersion: 1,
		position: [place * 200, 0],
		parameters: {},
		...node,
	}));
	const connections: Record<string, { main: object[][] }> = {};
	for (const [from, output, to] of LINKS) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output].push({ node: to, type: 'main', index: 0 });
	}
	const workflow = { name: 'Loop', nodes, connections, settings: {}, active: false };
	return { workflow, nodes: own.length };
}
