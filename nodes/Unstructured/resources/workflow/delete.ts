import { workflowId, workflowLocator } from '../../shared/locators';
import { perItem, type Operation } from '../../shared/operation';
import { workflowPath } from '../../shared/workflows';
import { remove } from '../../transport/request';

export const del: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a workflow',
		description: 'Delete a workflow for good',
	},
	fields: [workflowLocator],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = workflowId(ctx, itemIndex);
		await remove(ctx, workflowPath(id), { noun: 'workflow', id });
		results.add([itemIndex], { deleted: true });
	}),
};
