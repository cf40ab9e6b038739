import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import { parametersOf } from './parameters';

/** The job for an operation: by default, the one in the input item. */
export const jobIdField: INodeProperties = {
	displayName: 'Job ID',
	name: 'jobId',
	type: 'string',
	required: true,
	default: '={{ $json.id }}',
	placeholder: 'e.g. a1b2c3d4-5e6f-7a8b-9c0d-1e2f3a4b5c6d',
	description: 'The ID of the job, a UUID. By default, the job that the previous node returned.',
};

/** The job ID of an item. Throws a NodeOperationError for this item if there is none. */
export function jobId(ctx: IExecuteFunctions, itemIndex: number): string {
	const id = parametersOf(ctx, itemIndex).text(jobIdField);
	if (id) return id;
	throw new NodeOperationError(ctx.getNode(), "'Job ID' is empty", {
		itemIndex,
		description:
			"Enter a job ID, or connect a node that returns jobs, such as Unstructured with the operation 'Run'.",
	});
}
