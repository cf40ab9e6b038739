import type { IDataObject } from 'n8n-workflow';
import { readDetails } from '../../api/jobs';
import { jobId, jobIdField } from '../../fields/job';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';

export const getDetails: Operation = {
	option: {
		name: 'Get Processing Details',
		value: 'getDetails',
		action: 'Get processing details of job',
		description:
			'Retrieve how many files passed each node of the workflow, and whether files failed',
	},
	fields: [jobIdField],
	execute: perItem(async (ctx, itemIndex, results) => {
		const details = await readDetails(ctx, jobId(ctx, itemIndex));
		results.add([itemIndex], details as IDataObject);
	}),
};
