import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { shownNames } from './fileIds';
import { ifAvailable, readFailedFiles, type Job } from './jobs';
import type { ApiContext } from '../transport/connection';
import { records } from '../transport/json';
import type { RetryLimits } from '../transport/retry';

const MOST_REASONS = 3;
const LONGEST_REASON = 300;
/** The result is known, so an explanation of it must not hold the node up for long. */
const LIMITS: RetryLimits = { attempts: 2, totalMs: 10_000 };

/** The files of a job that failed, if they were read. */
export const failedFilesOf = ({ failed_files: files }: Job): IDataObject[] | undefined =>
	Array.isArray(files) ? records(files) : undefined;

/** Describes a file that failed, such as "a.pdf: The file is encrypted", without a period. */
export function describeFailure(fileName: string, reason: unknown): string {
	const words = typeof reason === 'string' && reason.trim() ? reason.trim() : 'No reason was given';
	return `${fileName.slice(0, 100)}: ${words.slice(0, LONGEST_REASON).replace(/[.\s]+$/, '')}`;
}

/** Describes the first files of a job that failed, see `describeFailure`. Empty if they were not read. */
export function describeFailures(job: Job): string[] {
	const names = shownNames((job.input_file_ids ?? []).map(String));
	return (failedFilesOf(job) ?? []).slice(0, MOST_REASONS).map(({ document, error }) => {
		const fileId = typeof document === 'string' ? document : 'A file';
		return describeFailure(names.get(fileId) ?? fileId, error);
	});
}

/**
 * Adds the field `failed_files` to a job, unless it was added before. The list is empty if the API has none or can't be read:
 * the reasons only explain what is known already.
 */
export async function withFailedFiles(ctx: ApiContext, job: Job): Promise<Job> {
	if (failedFilesOf(job)) return job;
	try {
		const read = async () => await readFailedFiles(ctx, job.id, LIMITS);
		return { ...job, failed_files: await ifAvailable(ctx, 'failed-files', read, []) };
	} catch (error) {
		if (error instanceof NodeApiError) return { ...job, failed_files: [] };
		throw error as Error;
	}
}

/** Reads why the first files of a job failed, see `describeFailures`. Empty if that can't be read. */
export const failureReasons = async (ctx: ApiContext, job: Job): Promise<string[]> =>
	describeFailures(await withFailedFiles(ctx, job));
