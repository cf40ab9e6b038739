import { readFailedFiles } from '../../api/jobs';
import { jobId, jobIdField } from '../../fields/job';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';

export const getFailedFiles: Operation = {
	option: {
		name: 'Get Failed Files',
		value: 'getFailedFiles',
		action: 'Get failed files of a job',
		description: 'Get the list of the files that failed, each with its reason',
	},
	fields: [jobIdField],
	execute: perItem(async (ctx, itemIndex, results) => {
		// The list stays one field: n8n takes an item with `error` at its top for a failed one.
		const files = await readFailedFiles(ctx, jobId(ctx, itemIndex));
		results.add([itemIndex], { failed_files: files });
	}),
};
