import { readWorkflow } from '../../api/workflows';
import { shown, showSecretsOptions } from '../../fields/showSecrets';
import { workflowId, workflowLocator } from '../../fields/workflow';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get workflow',
		description: 'Retrieve a workflow with its nodes, connectors, schedule, and status',
	},
	fields: [workflowLocator, showSecretsOptions],
	execute: perItem(async (ctx, itemIndex, results) => {
		const { json } = await readWorkflow(ctx, workflowId(ctx, itemIndex));
		results.add([itemIndex], shown(ctx, itemIndex, json));
	}),
};
