import type { IDataObject } from 'n8n-workflow';
import { jobPath } from '../../jobs/job';
import { jobId, jobIdField } from '../../shared/locators';
import { perItem, type Operation } from '../../shared/operation';
import { isRecord } from '../../transport/errors';
import { call } from '../../transport/request';

export const getDetails: Operation = {
	option: {
		name: 'Get Processing Details',
		value: 'getDetails',
		action: 'Get processing details of a job',
		description: 'Get how many files are where in the workflow, and whether some failed',
	},
	fields: [jobIdField],
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = jobId(ctx, itemIndex);
		const { json } = await call(ctx, `${jobPath(id)}/details`, {
			subject: { noun: 'job', id },
			check: isRecord,
		});
		results.add([itemIndex], json as IDataObject);
	}),
};
