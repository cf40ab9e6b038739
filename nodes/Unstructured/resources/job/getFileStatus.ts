import { readFileStatus } from '../../api/fileStatus';
import { jobId, jobIdField } from '../../fields/job';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';

export const getFileStatus: Operation = {
	option: {
		name: 'Get File Status',
		value: 'getFileStatus',
		action: 'Get file status of job',
		description: 'Retrieve the status of each file in a job, at most 12 times a minute',
	},
	fields: [jobIdField],
	execute: perItem(async (ctx, itemIndex, results) => {
		results.add([itemIndex], await readFileStatus(ctx, jobId(ctx, itemIndex)));
	}),
};
