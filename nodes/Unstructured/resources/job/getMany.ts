import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { isOfWorkflow, listJobs, type JobFilter } from '../../api/jobs';
import { isSameStatus } from '../../api/jobStatus';
import { readWorkflow } from '../../api/workflows';
import { filtersField, limitFields, rowLimit } from '../../fields/list';
import { parametersOf, type Parameters } from '../../fields/parameters';
import { workflowFilter } from '../../fields/workflow';
import { perItem } from '../../items/perItem';
import { hintSkipped } from '../../items/rows';
import { isUuid } from '../../transport/subject';
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
	description: 'Return only jobs with this status',
};

const workflowField: INodeProperties = {
	displayName: 'Workflow ID',
	name: 'workflowId',
	type: 'string',
	default: '',
	placeholder: 'e.g. f0a1b2c3-4d5e-6f7a-8b9c-0d1e2f3a4b5c',
	description:
		"The ID of the workflow. 'Unstructured Workflow' also offers a list and accepts a URL.",
};

/** The workflow in the filters. Throws a NodeOperationError if they name two. */
function workflowOf(ctx: IExecuteFunctions, itemIndex: number, filters: Parameters) {
	const chosen = filters.id(workflowFilter);
	const entered = filters.text(workflowField);
	if (chosen && entered && chosen !== entered) {
		throw new NodeOperationError(
			ctx.getNode(),
			"'Unstructured Workflow' and 'Workflow ID' are not the same",
			{
				itemIndex,
				description: 'Remove one of the two from the filters.',
			},
		);
	}
	return chosen || entered;
}

/** The UUID of a workflow, by which its jobs name it. Throws a NodeApiError for a key that no workflow has, or for a name. */
const uuidOf = async (ctx: IExecuteFunctions, id: string) =>
	!id || isUuid(id) ? id : String((await readWorkflow(ctx, id)).json.id);

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many jobs',
		description: 'Retrieve a list of jobs, newest first',
	},
	fields: [...limitFields, filtersField(statusField, workflowFilter, workflowField)],
	execute: perItem(async (ctx, itemIndex, results) => {
		const filters = parametersOf(ctx, itemIndex).in(filtersField());
		const workflowId = await uuidOf(ctx, workflowOf(ctx, itemIndex, filters));
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
