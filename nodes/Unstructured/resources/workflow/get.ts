import { workflowId, workflowLocator } from '../../shared/locators';
import { perItem, type Operation } from '../../shared/operation';
import { readWorkflow } from '../../shared/workflows';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a workflow',
		description: 'Get a workflow: its nodes, connectors, schedule and status',
	},
	fields: [workflowLocator],
	execute: perItem(async (ctx, itemIndex, results) => {
		const { json } = await readWorkflow(ctx, workflowId(ctx, itemIndex));
		results.add([itemIndex], json);
	}),
};
