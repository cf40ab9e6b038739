import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { DESTINATION, SOURCE } from '../../api/connectors';
import { shownRecord } from '../../api/shownRecord';
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
import { reprocessAllField, scheduleField, workflowSchedule } from './settings';

const nameField: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	description: 'The new name of the workflow, which no other workflow should have',
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
		{ ...templateLocator, required: false },
	],
};

/** Nodes or a template, with the type of workflow that takes them (docs/api-notes.md 6.3). */
function definitionOf(ctx: IExecuteFunctions, itemIndex: number, fields: Parameters): IDataObject {
	const templateId = fields.id(templateLocator);
	const hasNodes = fields.has(nodes);
	if (templateId && hasNodes) {
		throw new NodeOperationError(
			ctx.getNode(),
			"A workflow has either a 'Template' or 'Nodes', not both",
			{ itemIndex, description: 'Remove one of the two from the fields to update' },
		);
	}
	if (templateId) return { workflow_type: 'template', template_id: templateId };
	if (!hasNodes) return {};
	const given = readNodes(ctx, itemIndex, fields.value(nodes)) as IDataObject[];
	return { workflow_type: 'custom', workflow_nodes: given };
}

/** What was given and nothing else; null takes a connector or the schedule away. */
function readChanges(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	const fields = parametersOf(ctx, itemIndex).in(updateFields);
	const name = fields.text(nameField);
	const sourceId = workflowConnector(fields, SOURCE);
	const destinationId = workflowConnector(fields, DESTINATION);
	const schedule = workflowSchedule(fields);
	const changes: IDataObject = {
		...(name && { name }),
		...definitionOf(ctx, itemIndex, fields),
		...(sourceId !== undefined && { source_id: sourceId }),
		...(destinationId !== undefined && { destination_id: destinationId }),
		...(schedule !== undefined && { schedule }),
		...(fields.has(reprocessAllField) && { reprocess_all: fields.boolean(reprocessAllField) }),
	};
	if (Object.keys(changes).length > 0) return changes;
	throw new NodeOperationError(ctx.getNode(), 'There is nothing to update for this item', {
		itemIndex,
		description:
			"Add what is to change to 'Update Fields'. Fields that are empty are left as they are",
	});
}

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a workflow',
		description: 'Change a workflow; what is not given stays as it is',
	},
	fields: [workflowLocator, updateFields],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = workflowId(ctx, itemIndex);
		const { json } = await call(ctx, workflowPath(id), {
			method: 'PUT',
			body: readChanges(ctx, itemIndex),
			subject: { noun: 'workflow', id },
			check: hasId,
		});
		results.add([itemIndex], shownRecord(json as IDataObject));
	}),
};
