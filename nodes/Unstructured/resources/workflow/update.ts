import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { DESTINATION, SOURCE } from '../../api/connectors';
import { workflowPath } from '../../api/workflows';
import { workflowConnector, workflowConnectorLocator } from '../../fields/connector';
import { nodesField, readNodes } from '../../fields/definition';
import { locatorText } from '../../fields/locator';
import { templateLocator } from '../../fields/template';
import { workflowId, workflowLocator } from '../../fields/workflow';
import { perItem } from '../../items/perItem';
import { isTrue } from '../../items/values';
import { call } from '../../transport/call';
import { hasId } from '../../transport/json';
import type { Operation } from '../operation';
import { reprocessAllField, scheduleField, workflowSchedule } from './settings';

/** Nodes or a template, with the type of workflow that takes them (docs/api-notes.md 6.3). */
function definitionOf(ctx: IExecuteFunctions, itemIndex: number, fields: IDataObject): IDataObject {
	const templateId = locatorText(fields.templateId);
	const hasNodes = fields.workflowNodes !== undefined && fields.workflowNodes !== '';
	if (templateId && hasNodes) {
		throw new NodeOperationError(
			ctx.getNode(),
			"A workflow has either a 'Template' or 'Nodes', not both",
			{ itemIndex, description: 'Remove one of the two from the fields to update' },
		);
	}
	if (templateId) return { workflow_type: 'template', template_id: templateId };
	if (!hasNodes) return {};
	const nodes = readNodes(ctx, itemIndex, fields.workflowNodes) as IDataObject[];
	return { workflow_type: 'custom', workflow_nodes: nodes };
}

/** What was given and nothing else; null takes a connector or the schedule away. */
function readChanges(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	const fields = ctx.getNodeParameter('updateFields', itemIndex, {}) as IDataObject;
	const name = String(fields.name ?? '').trim();
	const sourceId = workflowConnector(fields.sourceId);
	const destinationId = workflowConnector(fields.destinationId);
	const schedule = workflowSchedule(fields.schedule);
	const changes: IDataObject = {
		...(name && { name }),
		...definitionOf(ctx, itemIndex, fields),
		...(sourceId !== undefined && { source_id: sourceId }),
		...(destinationId !== undefined && { destination_id: destinationId }),
		...(schedule !== undefined && { schedule }),
		...(fields.reprocessAll !== undefined && { reprocess_all: isTrue(fields.reprocessAll) }),
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
	fields: [
		workflowLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				workflowConnectorLocator(DESTINATION),
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					description: 'The new name of the workflow, which no other workflow should have',
				},
				nodesField('workflowNodes'),
				reprocessAllField,
				scheduleField,
				workflowConnectorLocator(SOURCE),
				{ ...templateLocator, required: false },
			],
		},
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = workflowId(ctx, itemIndex);
		const { json } = await call(ctx, workflowPath(id), {
			method: 'PUT',
			body: readChanges(ctx, itemIndex),
			subject: { noun: 'workflow', id },
			check: hasId,
		});
		results.add([itemIndex], json as IDataObject);
	}),
};
