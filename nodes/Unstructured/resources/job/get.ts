import { getJob } from '../../jobs/job';
import { splitByStatusField } from '../../shared/jobFields';
import { jobId, jobIdField } from '../../shared/locators';
import { perItem, type Operation } from '../../shared/operation';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a job',
		description: 'Get a job and its status',
	},
	fields: [jobIdField, splitByStatusField],
	execute: perItem(async (ctx, itemIndex, results) => {
		results.addJob([itemIndex], await getJob(ctx, jobId(ctx, itemIndex)));
	}),
};
