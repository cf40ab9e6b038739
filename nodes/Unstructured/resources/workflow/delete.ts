import { workflowPath } from '../../api/workflows';
import { workflowId, workflowLocator } from '../../fields/workflow';
import { perItem } from '../../items/perItem';
import { remove } from '../../transport/call';
import type { Operation } from '../operation';

export const del: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete workflow',
		description: 'Delete a workflow permanently',
	},
	fields: [workflowLocator],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = workflowId(ctx, itemIndex);
		await remove(ctx, workflowPath(id), { noun: 'workflow', id });
		results.add([itemIndex], { deleted: true });
	}),
};
