import { getJob } from '../../api/jobs';
import { jobId, jobIdField } from '../../fields/job';
import { splitByStatusField } from '../../fields/waiting';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get job',
		description: 'Retrieve a job and its status',
	},
	fields: [jobIdField, splitByStatusField],
	execute: perItem(async (ctx, itemIndex, results) => {
		results.addJob([itemIndex], await getJob(ctx, jobId(ctx, itemIndex)));
	}),
};
