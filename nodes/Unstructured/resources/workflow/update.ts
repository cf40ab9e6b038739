import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { connectorsIn, DESTINATION, SOURCE } from '../../api/connectors';
import { shownRecord } from '../../api/shownRecord';
import { templateNodes } from '../../api/templates';
import { workflowPath } from '../../api/workflows';
import { workflowConnector, workflowConnectorLocator } from '../../fields/connector';
import { nodesField, readNodes } from '../../fields/definition';
import { parametersOf, type Parameters } from '../../fields/parameters';
import { templateLocator } from '../../fields/template';
import { workflowId, workflowLocator } from '../../fields/workflow';
import { perItem } from '../../items/perItem';
import { call } from '../../transport/call';
import { hasId } from '../../transport/json';
import type { Operation } from '../operation';
import {
	reprocessAllField,
	scheduleField,
	stateField,
	workflowSchedule,
	workflowState,
} from './settings';

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'The new name of the workflow. No other workflow should have the same name.',
};

const nodes = nodesField('workflowNodes');

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		workflowConnectorLocator(DESTINATION),
		nameField,
		nodes,
		reprocessAllField,
		scheduleField,
		workflowConnectorLocator(SOURCE),
		stateField,
		{ ...templateLocator, required: false },
	],
};

/** The given nodes, or those of a template, with the type of workflow that accepts them (docs/api-notes.md 6.3). */
async function definitionOf(
	ctx: IExecuteFunctions,
	itemIndex: number,
	fields: Parameters,
): Promise<IDataObject> {
	const templateId = fields.id(templateLocator);
	const hasNodes = fields.has(nodes);
	if (templateId && hasNodes) {
		throw new NodeOperationError(
			ctx.getNode(),
			"A workflow has either a 'Template' or 'Nodes', not both",
			{ itemIndex, description: "Remove one of the two from 'Update Fields'." },
		);
	}
	if (!templateId && !hasNodes) return {};
	const given = templateId
		? await templateNodes(ctx, templateId)
		: (readNodes(ctx, itemIndex, fields.value(nodes)) as IDataObject[]);
	return { workflow_type: 'custom', workflow_nodes: given };
}

/** The changes that are set. Null removes a connector or the schedule. */
async function readChanges(ctx: IExecuteFunctions, itemIndex: number): Promise<IDataObject> {
	const fields = parametersOf(ctx, itemIndex).in(updateFields);
	const name = fields.text(nameField);
	const sourceId = workflowConnector(fields, SOURCE);
	const destinationId = workflowConnector(fields, DESTINATION);
	const schedule = workflowSchedule(fields);
	const state = workflowState(ctx, itemIndex, fields);
	const changes: IDataObject = {
		...(name && { name }),
		...(await definitionOf(ctx, itemIndex, fields)),
		...(sourceId !== undefined && { source_id: sourceId }),
		...(destinationId !== undefined && { destination_id: destinationId }),
		...(schedule !== undefined && { schedule }),
		...(state && { state }),
		...(fields.has(reprocessAllField) && { reprocess_all: fields.boolean(reprocessAllField) }),
	};
	if (Object.keys(changes).length > 0) return changes;
	throw new NodeOperationError(ctx.getNode(), 'There is nothing to update', {
		itemIndex,
		description: "Add the fields to change to 'Update Fields'. Empty fields are not changed.",
	});
}

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update workflow',
		description: 'Update the fields of a workflow that you add',
	},
	fields: [workflowLocator, updateFields],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = workflowId(ctx, itemIndex);
		const body = await readChanges(ctx, itemIndex);
		const { json } = await call(ctx, workflowPath(id), {
			method: 'PUT',
			body,
			subject: { noun: 'workflow', id, others: connectorsIn(body) },
			check: hasId,
		});
		results.add([itemIndex], shownRecord(json as IDataObject));
	}),
};
