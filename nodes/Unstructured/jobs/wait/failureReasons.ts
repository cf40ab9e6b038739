import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { shownNames } from '../../api/fileIds';
import { ifAvailable, readFailedFiles, type Job } from '../../api/jobs';
import type { ApiContext } from '../../transport/connection';

const MOST_REASONS = 3;
const LONGEST_REASON = 300;

/** Describes the first files of a job that failed, such as "a.pdf: The file is encrypted", without a period. */
export function describeFailures(job: Job, failed: IDataObject[]): string[] {
	const names = shownNames((job.input_file_ids ?? []).map(String));
	return failed.slice(0, MOST_REASONS).map(({ document, error }) => {
		const fileId = typeof document === 'string' ? document : 'A file';
		const reason = typeof error === 'string' && error.trim() ? error.trim() : 'No reason was given';
		const name = names.get(fileId) ?? fileId;
		return `${name.slice(0, 100)}: ${reason.slice(0, LONGEST_REASON).replace(/[.\s]+$/, '')}`;
	});
}

/**
 * Reads why the first files of a job failed, see `describeFailures`. Empty if the API tells none or can't be read: the
 * reasons only explain what is known already.
 */
export async function failureReasons(ctx: ApiContext, job: Job): Promise<string[]> {
	try {
		const read = async () => await readFailedFiles(ctx, job.id);
		return describeFailures(job, await ifAvailable(ctx, 'failed-files', read, []));
	} catch (error) {
		if (error instanceof NodeApiError) return [];
		throw error as Error;
	}
}
