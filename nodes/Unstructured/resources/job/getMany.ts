import type { IDataObject } from 'n8n-workflow';
import { listJobs } from '../../api/jobs';
import { isSameStatus } from '../../api/jobStatus';
import { filtersField, limitFields, rowLimit } from '../../fields/list';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';

interface Filters {
	workflowId?: string;
	status?: string;
}

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many jobs',
		description: 'Get jobs of the workspace, newest first',
	},
	fields: [
		...limitFields,
		filtersField(
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'COMPLETED',
				options: [
					{ name: 'Completed', value: 'COMPLETED' },
					{ name: 'Failed', value: 'FAILED' },
					{ name: 'In Progress', value: 'IN_PROGRESS' },
					{ name: 'Scheduled', value: 'SCHEDULED' },
					{ name: 'Stopped', value: 'STOPPED' },
				],
				description: 'Give out only jobs with this status',
			},
			{
				displayName: 'Workflow ID',
				name: 'workflowId',
				type: 'string',
				default: '',
				placeholder: 'e.g. f0a1b2c3-4d5e-6f7a-8b9c-0d1e2f3a4b5c',
				description:
					"Give out only jobs of this workflow: its ID, a UUID, as 'Workflow: Get Many' gives it",
			},
		),
	],
	execute: perItem(async (ctx, itemIndex, results) => {
		const filters = ctx.getNodeParameter('filters', itemIndex, {}) as Filters;
		const workflowId = filters.workflowId?.trim();
		const { status } = filters;
		const query: IDataObject = {
			...(workflowId && { workflow_id: workflowId }),
			...(status && { status }),
		};
		const jobs = (await listJobs(ctx, query)).filter(
			(job) => !status || isSameStatus(job.status, status),
		);
		for (const job of jobs.slice(0, rowLimit(ctx, itemIndex))) results.add([itemIndex], job);
	}),
};
