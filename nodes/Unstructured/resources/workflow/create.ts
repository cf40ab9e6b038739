import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { connectorsIn, DESTINATION, SOURCE } from '../../api/connectors';
import { shownRecord } from '../../api/shownRecord';
import { templateNodes } from '../../api/templates';
import { newWorkflowConnector, workflowConnector } from '../../fields/connector';
import { definitionFields, readDefinition } from '../../fields/definition';
import { optionsField } from '../../fields/list';
import { parametersOf } from '../../fields/parameters';
import { requiredText } from '../../fields/requiredText';
import { perItem } from '../../items/perItem';
import { call } from '../../transport/call';
import { hasId } from '../../transport/json';
import type { Operation } from '../operation';
import { reprocessAllField, scheduleField, workflowSchedule } from './settings';

async function readBody(ctx: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const definition = readDefinition(ctx, itemIndex, 'workflowNodes');
	const parameters = parametersOf(ctx, itemIndex);
	const sourceId = workflowConnector(parameters, SOURCE);
	const destinationId = workflowConnector(parameters, DESTINATION);
	const options = parameters.in(optionsField());
	const schedule = workflowSchedule(options);
	// Unstructured would run the workflow without files (docs/api-notes.md 3.3).
	if (schedule && !sourceId) {
		throw new NodeOperationError(
			ctx.getNode(),
			"A workflow without a source connector can't have a schedule",
			{ itemIndex, description: "Select a 'Source', or remove 'Schedule' from the options." },
		);
	}
	const name = requiredText(ctx, itemIndex, 'Name', 'name');
	const nodes =
		'template' in definition
			? await templateNodes(ctx, definition.template)
			: (definition.nodes as IDataObject[]);
	return {
		name,
		workflow_type: 'custom',
		workflow_nodes: nodes,
		...(sourceId && { source_id: sourceId }),
		...(destinationId && { destination_id: destinationId }),
		...(schedule && { schedule }),
		...(options.has(reprocessAllField) && { reprocess_all: options.boolean(reprocessAllField) }),
	};
}

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create workflow',
		description: 'Create a workflow from a template or your own nodes',
	},
	fields: [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. Contracts to Pinecone',
			description: 'The name of the workflow. No other workflow should have the same name.',
		},
		...definitionFields('workflowNodes', {
			displayName: 'Create From',
			description: 'What the workflow processes files with',
		}),
		newWorkflowConnector(SOURCE),
		newWorkflowConnector(DESTINATION),
		optionsField(reprocessAllField, scheduleField),
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const body = await readBody(ctx, itemIndex);
		const { json } = await call(ctx, '/workflows/', {
			method: 'POST',
			body,
			subject: { noun: 'workflow', others: connectorsIn(body) },
			makes: 'workflow',
			check: hasId,
		});
		results.add([itemIndex], shownRecord(json as IDataObject));
	}),
};
