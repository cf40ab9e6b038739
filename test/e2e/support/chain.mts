import type { INode } from 'n8n-workflow';
import type { CredentialReference } from '../../../local/n8n/credentials.mjs';
import type { N8nApi } from '../../../local/n8n/rest.mjs';

type GivenNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

const MAIN = 'main';

/** Saves a workflow in which each node is connected to the next one, and returns its ID. */
export async function saveChain(
	api: N8nApi,
	name: string,
	given: GivenNode[],
	settings: object = {},
): Promise<string> {
	const nodes = given.map((node, place) => ({
		id: `node-${place}`,
		typeVersion: 1,
		position: [place * 200, 0],
		parameters: {},
		...node,
	}));
	const links = given.slice(0, -1).map((node, place) => {
		const next = { node: given[place + 1].name, type: MAIN, index: 0 };
		return [node.name, { main: [[next]] }] as const;
	});
	const connections = Object.fromEntries(links);
	// n8n 1 rejects a workflow without `active`.
	const body = { name, nodes, connections, settings, active: false };
	return (await api.call<{ id: string }>('POST', '/workflows', body)).id;
}

export const manualTrigger = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

/** A node that returns these items. */
export const items = (...json: object[]): GivenNode => ({
	name: 'Items',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode: `return ${JSON.stringify(json.map((one) => ({ json: one })))}` },
});

/** The package's action node. */
export const unstructured = (
	name: string,
	credential: CredentialReference,
	parameters: INode['parameters'],
): GivenNode => ({
	name,
	type: 'n8n-nodes-unstructured.unstructured',
	parameters,
	credentials: { unstructuredApi: credential },
});

/** Returns its input, so a test can read the result of the previous node. */
export const after = { name: 'After', type: 'n8n-nodes-base.noOp' };

/** Stores the text of each item as a file, in n8n's binary mode. The next node gets the file without the other fields. */
export const makeFile = (
	fileName = '={{ $json.fileName }}',
	sourceProperty = 'text',
): GivenNode => ({
	name: 'Make File',
	type: 'n8n-nodes-base.convertToFile',
	typeVersion: 1.1,
	parameters: { operation: 'toText', sourceProperty, options: { fileName } },
});

/** Adds the subject of the email in an earlier node, as a typical next node reads it. */
export const withSubject = (source: string): GivenNode => ({
	name: 'With Subject',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		includeOtherFields: true,
		assignments: {
			assignments: [
				{
					id: 'subject',
					name: 'subject',
					type: 'string',
					value: `={{ $('${source}').item.json.subject }}`,
				},
			],
		},
		options: {},
	},
});
