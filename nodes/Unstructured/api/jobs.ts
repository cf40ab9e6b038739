import type { IDataObject } from 'n8n-workflow';
import { call } from '../transport/call';
import type { ApiContext } from '../transport/connection';
import { hasId, isRecord, records } from '../transport/json';
import { pathSegment } from '../transport/pathSegment';

/** A job as the API gives it: only `id` can be relied on, everything else is passed on untouched. */
export interface Job extends IDataObject {
	id: string;
	workflow_id?: string;
	workflow_name?: string;
	status?: string;
	created_at?: string;
	input_file_ids?: string[] | null;
	output_node_files?: IDataObject[] | null;
}

/** A job if `json` is one: an object with a usable `id`. No id means no job, whatever the status (docs/api-notes.md 3.4). */
export const asJob = (json: unknown): Job | undefined => (hasId(json) ? json : undefined);

/** Unix milliseconds, or NaN. A time without a zone is UTC (docs/api-notes.md 5.1). */
export const createdAt = ({ created_at: value }: Job) =>
	Date.parse(typeof value === 'string' ? value.replace(/(T[\d:.]+)$/, '$1Z') : '');

/** `later` with what it leaves out filled in from `earlier`: GET may omit the file lists (docs/api-notes.md 5.1). */
export function mergeJob(earlier: Job | undefined, later: Job): Job {
	const merged: Job = { ...later };
	for (const key of ['input_file_ids', 'output_node_files']) {
		merged[key] ??= earlier?.[key];
		if (merged[key] === undefined) delete merged[key];
	}
	return merged;
}

export const jobPath = (id: string) => `/jobs/${pathSegment(id)}`;

/** Reads one job. Throws a NodeApiError, also for an answer that is no job. */
export async function getJob(ctx: ApiContext, id: string, totalMs?: number): Promise<Job> {
	const answer = await call(ctx, jobPath(id), {
		subject: { noun: 'job', id },
		totalMs,
		check: asJob,
	});
	return answer.json as Job;
}

/** Jobs, newest first; the API neither pages nor sorts them (docs/api-notes.md 5.3). */
export async function listJobs(
	ctx: ApiContext,
	filter: { workflow_id?: string; status?: string } = {},
	totalMs?: number,
): Promise<Job[]> {
	const { json } = await call(ctx, '/jobs/', {
		qs: filter,
		subject: { noun: 'list of jobs' },
		totalMs,
		check: Array.isArray,
	});
	const jobs = records(json).filter((row): row is Job => asJob(row) !== undefined);
	const time = (job: Job) => createdAt(job) || 0;
	return jobs.sort((a, b) => time(b) - time(a));
}

/** The newest job of a workflow whose status is as wanted. */
export async function findJob(
	ctx: ApiContext,
	workflowId: string,
	isWanted: (status: unknown) => boolean,
): Promise<Job | undefined> {
	const jobs = await listJobs(ctx, { workflow_id: workflowId });
	return jobs.find(({ status }) => isWanted(status));
}

/** What was processed: `processing_status` as the API gives it, and the files that failed. */
export async function readDetails(ctx: ApiContext, id: string) {
	const { json } = await call(ctx, `${jobPath(id)}/details`, {
		subject: { noun: 'job', id },
		check: isRecord,
	});
	return json as Record<string, unknown>;
}

const hasList = (json: unknown) => isRecord(json) && Array.isArray(json.failed_files);

/** The files of a job that failed, as the API gives them: `document` and `error`. Empty when none did. */
export async function readFailedFiles(ctx: ApiContext, id: string): Promise<IDataObject[]> {
	const { json } = await call(ctx, `${jobPath(id)}/failed-files`, {
		subject: { noun: 'job', id },
		check: hasList,
	});
	return records((json as { failed_files: unknown }).failed_files);
}
