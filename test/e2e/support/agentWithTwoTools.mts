import type { IDataObject, INode } from 'n8n-workflow';
import { type Example, readExample } from '../../../local/n8n/examples.mjs';

export const RUN = 'Run Workflow on File';
export const READ = 'Get Text';

function tool(name: string, toolDescription: string, own: IDataObject): INode {
	const parameters = { descriptionType: 'manual', toolDescription, ...own, options: {} };
	return {
		id: name,
		name,
		type: 'n8n-nodes-unstructured.unstructuredTool',
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
		credentials: { unstructuredApi: { id: null, name: 'Unstructured API' } },
	};
}

/** The agent example with two tools instead of one: the first runs a workflow on the document, the second reads its output. */
export async function agentWithTwoTools(): Promise<Example> {
	const example = await readExample('agent-reads-document.json');
	const { 'Read Document': way, ...connections } = example.connections;
	const tools = [
		tool(RUN, 'Runs an Unstructured workflow on the document, and returns the job.', {
			resource: 'workflow',
			operation: 'run',
			workflowId: { __rl: true, mode: 'id', value: 'f0a1b2c3-4d5e-4f7a-8b9c-0d1e2f3a4b5c' },
			sendInputFiles: true,
			binaryPropertyName: "={{ $('Make File').all()[$json.document].binary.data }}",
		}),
		tool(READ, 'Returns the text of the document, as Markdown, from a finished job.', {
			resource: 'job',
			operation: 'getOutput',
		}),
	];
	return {
		...example,
		nodes: [...example.nodes.filter(({ name }) => name !== 'Read Document'), ...tools],
		connections: { ...connections, [RUN]: way, [READ]: way },
	};
}
