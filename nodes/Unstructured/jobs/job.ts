import type { IDataObject } from 'n8n-workflow';
import { call } from '../transport/request';
import type { ApiContext } from '../transport/exchange';
import { hasId, records } from '../transport/pagination';
import { pathSegment } from '../transport/pathSegment';
import type { components } from '../transport/types';

/** A job as the API gives it: only `id` can be relied on, everything else is passed on untouched. */
export type Job = IDataObject & Partial<components['schemas']['Job']> & { id: string };

/** A job if `json` is one: an object with a usable `id`. No id means no job, whatever the status (unstructured-api.md 4.4). */
export const asJob = (json: unknown): Job | undefined => (hasId(json) ? json : undefined);

/** Unix milliseconds, or NaN. A time without a zone is UTC (unstructured-api.md 6.1). */
export const createdAt = ({ created_at: value }: Job) =>
	Date.parse(typeof value === 'string' ? value.replace(/(T[\d:.]+)$/, '$1Z') : '');

/** `later` with what it leaves out filled in from `earlier`: GET may omit the file lists (unstructured-api.md 6.1). */
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

/** Jobs, newest first; the API neither pages nor sorts them (unstructured-api.md 6.2). */
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
