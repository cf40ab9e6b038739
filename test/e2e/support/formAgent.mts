import type { INode } from 'n8n-workflow';
import { type Example, readExample } from '../../../local/n8n/examples.mjs';

/** A form with one file, whose field has a label as a user would write it. */
const FORM: INode = {
	id: 'Form',
	name: 'Form',
	type: 'n8n-nodes-base.formTrigger',
	typeVersion: 2.6,
	position: [0, 0],
	webhookId: '7d3f1c52-1f0e-4d0c-9a57-3b1f6d5a2e10',
	parameters: {
		formTitle: 'Ask about a document',
		formFields: {
			values: [{ fieldLabel: 'Your document', fieldType: 'file', multipleFiles: false }],
		},
		responseMode: 'onReceived',
		options: {},
	},
};

/**
 * The agent example behind a form instead of its own letter.
 * @param file the expression in 'Input Binary Field' of the tool
 */
export async function formAgent(file: string): Promise<Example> {
	const example = await readExample('agent-reads-document.json');
	const { 'Read Document': tool, 'OpenAI Chat Model': model } = example.connections;
	const changes: Record<string, INode['parameters']> = {
		'AI Agent': { text: 'When will the order be delivered?' },
		'Read Document': { binaryPropertyName: file },
	};
	const nodes = example.nodes
		.filter(({ name }) => ['AI Agent', 'OpenAI Chat Model', 'Read Document'].includes(name))
		.map((node) => ({ ...node, parameters: { ...node.parameters, ...changes[node.name] } }));
	return {
		...example,
		id: 'formAgent',
		nodes: [FORM, ...nodes],
		connections: {
			Form: { main: [[{ node: 'AI Agent', type: 'main', index: 0 }]] },
			'Read Document': tool,
			'OpenAI Chat Model': model,
		},
	};
}
