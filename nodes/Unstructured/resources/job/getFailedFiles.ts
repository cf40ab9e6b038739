import { readFailedFiles } from '../../api/jobs';
import { jobId, jobIdField } from '../../fields/job';
import { perItem } from '../../items/perItem';
import type { Operation } from '../operation';

export const getFailedFiles: Operation = {
	option: {
		name: 'Get Failed Files',
		value: 'getFailedFiles',
		action: 'Get failed files of job',
		description: 'Retrieve the files of a job that failed, each with its reason',
	},
	fields: [jobIdField],
	execute: perItem(async (ctx, itemIndex, results) => {
		// The list stays one field: n8n considers an item with `error` at its top a failed one (docs/n8n-notes.md 3.2).
		const files = await readFailedFiles(ctx, jobId(ctx, itemIndex));
		results.add([itemIndex], { failed_files: files });
	}),
};
