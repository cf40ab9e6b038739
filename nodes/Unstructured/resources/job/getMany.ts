import type { INodeProperties } from 'n8n-workflow';
import { isOfWorkflow, listJobs, type JobFilter } from '../../api/jobs';
import { isSameStatus } from '../../api/jobStatus';
import { filtersField, limitFields, rowLimit } from '../../fields/list';
import { parametersOf } from '../../fields/parameters';
import { perItem } from '../../items/perItem';
import { hintSkipped } from '../../items/rows';
import type { Operation } from '../operation';

const statusField: INodeProperties = {
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
};

const workflowField: INodeProperties = {
	displayName: 'Workflow ID',
	name: 'workflowId',
	type: 'string',
	default: '',
	placeholder: 'e.g. f0a1b2c3-4d5e-6f7a-8b9c-0d1e2f3a4b5c',
	description:
		"Give out only jobs of this workflow: its ID, a UUID, as 'Workflow: Get Many' gives it",
};

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many jobs',
		description: 'Get jobs of the workspace, newest first',
	},
	fields: [...limitFields, filtersField(statusField, workflowField)],
	execute: perItem(async (ctx, itemIndex, results) => {
		const filters = parametersOf(ctx, itemIndex).in(filtersField());
		const workflowId = filters.text(workflowField);
		const status = filters.text(statusField);
		const query: JobFilter = {
			...(workflowId && { workflow_id: workflowId }),
			...(status && { status }),
		};
		const jobs = await listJobs(ctx, query, {
			isWanted: (job) =>
				(!status || isSameStatus(job.status, status)) && isOfWorkflow(job, workflowId),
			most: rowLimit(ctx, itemIndex),
			onSkipped: (count) => hintSkipped(ctx, 'list of jobs', count),
		});
		for (const job of jobs) results.add([itemIndex], job);
	}),
};
