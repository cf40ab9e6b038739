import { NodeApiError } from 'n8n-workflow';
import { getJob, jobPath } from '../../api/jobs';
import { isFinal } from '../../api/jobStatus';
import { jobId, jobIdField } from '../../fields/job';
import { perItem } from '../../items/perItem';
import { call } from '../../transport/call';
import type { Operation } from '../operation';

const refusal = (error: unknown): error is NodeApiError =>
	error instanceof NodeApiError && /^4(?!01|29)\d\d$/.test(error.httpCode ?? '');

export const cancel: Operation = {
	option: {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel job',
		description: 'Cancel a job that is not finished yet',
	},
	fields: [jobIdField],
	// A second call changes nothing, so the call is retried like a read.
	execute: perItem(async (ctx, itemIndex, results) => {
		const id = jobId(ctx, itemIndex);
		try {
			await call(ctx, `${jobPath(id)}/cancel`, {
				method: 'POST',
				subject: { noun: 'job', id },
				check: () => true,
			});
		} catch (error) {
			if (!refusal(error)) throw error as NodeApiError;
			const job = await getJob(ctx, id);
			if (!isFinal(job.status)) throw error as NodeApiError;
		}
		results.add([itemIndex], await getJob(ctx, id));
	}),
};
