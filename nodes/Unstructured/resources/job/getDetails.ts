import type { IDataObject } from 'n8n-workflow';
import { readDetails } from '../../api/jobs';
import { jobId, jobIdField } from '../../fields/job';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';

export const getDetails: Operation = {
	option: {
		name: 'Get Processing Details',
		value: 'getDetails',
		action: 'Get processing details of a job',
		description:
			'Get how many files have passed each node of the workflow, and whether some failed',
	},
	fields: [jobIdField],
	execute: perItem(async (ctx, itemIndex, results) => {
		const details = await readDetails(ctx, jobId(ctx, itemIndex));
		results.add([itemIndex], details as IDataObject);
	}),
};
