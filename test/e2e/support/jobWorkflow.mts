import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import type { Example } from '../../../local/n8n/examples.mjs';

const TEMPLATE = { __rl: true, mode: 'id', value: 'hi_res_partition' };

const FILES = `return [
	{ json: { fileName: 'one.txt', text: 'One.\\n\\nTwo.' } },
	{ json: { fileName: 'three.md', text: '# Three' } },
];`;

/** Two items with two files each, all of one name, stored as n8n's binary mode says. */
const SEVERAL_FILES = `const file = async (text) =>
	await this.helpers.prepareBinaryData(Buffer.from(text), 'notes.txt', 'text/plain');
return [
	{ json: { subject: 'A' }, binary: { one: await file('A 1'), two: await file('A 2') } },
	{ json: { subject: 'B' }, binary: { one: await file('B 1'), two: await file('B 2') } },
];`;

function node(name: string, type: string, typeVersion: number, parameters: IDataObject): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters } as INode;
}

function job(name: string, operation: string, parameters: IDataObject = {}): INode {
	const own = { resource: 'job', operation, ...parameters };
	const credentials = { unstructuredApi: { id: null, name: 'Unstructured API' } };
	return { ...node(name, 'n8n-nodes-unstructured.unstructured', 1, own), credentials };
}

const parse = job('Parse', 'parse', {
	resource: 'document',
	binaryPropertyName: '*',
	options: { includeInputFields: true, pollInterval: 1 },
});

const launch = (name: string) =>
	job(name, 'create', { definition: 'template', templateId: TEMPLATE, binaryPropertyName: '*' });

const output = (format: string) =>
	job(`Output: ${format}`, 'getOutput', { outputFormat: format, options: {} });

function connect(ways: Array<[from: string, to: string]>): IConnections {
	const connections: IConnections = {};
	for (const [from, to] of ways) {
		const { main } = (connections[from] ??= { main: [[]] });
		main[0]?.push({ node: to, type: 'main', index: 0 });
	}
	return connections;
}

/** Every job operation in one workflow. The files of `binary` are sent back to Unstructured. */
export function jobWorkflow(binaryMode: string): Example {
	const readers = [
		job('Get', 'get'),
		job('Details', 'getDetails'),
		job('Failed Files', 'getFailedFiles'),
		job('Many', 'getAll', { returnAll: true }),
		...['elements', 'file', 'text', 'binary'].map(output),
	];
	return {
		id: 'jobOperations',
		name: 'Every operation of jobs',
		nodes: [
			node('Try It', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Make Several Files', 'n8n-nodes-base.code', 2, { jsCode: SEVERAL_FILES }),
			parse,
			node('Make Texts', 'n8n-nodes-base.code', 2, { jsCode: FILES }),
			node('Make Files', 'n8n-nodes-base.convertToFile', 1.1, {
				operation: 'toText',
				sourceProperty: 'text',
				options: { fileName: '={{ $json.fileName }}' },
			}),
			launch('Run'),
			job('Wait', 'wait'),
			...readers,
			launch('Send Back'),
			job('Cancel', 'cancel'),
		],
		connections: connect([
			['Try It', 'Make Several Files'],
			['Make Several Files', 'Parse'],
			['Parse', 'Make Texts'],
			['Make Texts', 'Make Files'],
			['Make Files', 'Run'],
			['Run', 'Wait'],
			...readers.map(({ name }): [string, string] => ['Wait', name]),
			['Output: binary', 'Send Back'],
			['Send Back', 'Cancel'],
		]),
		settings: { executionOrder: 'v1', binaryMode },
	};
}
