import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { call } from '../transport/call';
import type { ApiContext } from '../transport/connection';
import { NOTHING_FOUND } from '../transport/errors';
import { hasId, isRecord, records } from '../transport/json';
import { membersTo } from '../transport/listMembers';
import { pathSegment } from '../transport/pathSegment';
import type { RetryLimits } from '../transport/retry';
import { maskSecrets } from '../transport/secrets';

/** A job as the API returns it. Only `id` is guaranteed. All other properties are passed on unchanged. */
export interface Job extends IDataObject {
	id: string;
	workflow_id?: string;
	workflow_name?: string;
	status?: string;
	created_at?: string;
	input_file_ids?: string[] | null;
	output_node_files?: IDataObject[] | null;
}

/** Returns `json` if it is a job: an object with a valid `id`. Without an ID it is none, whatever its status (docs/api-notes.md 3.4). */
export const asJob = (json: unknown): Job | undefined => (hasId(json) ? json : undefined);

/** Returns when a job was created, in Unix milliseconds, or NaN. A time without a zone is UTC (docs/api-notes.md 5.1). */
export const createdAt = ({ created_at: value }: Job) =>
	Date.parse(typeof value === 'string' ? value.replace(/(T[\d:.]+)$/, '$1Z') : '');

/** Returns `later` with the file lists of `earlier`, if it has none: GET may omit them (docs/api-notes.md 5.1). */
export function mergeJob(earlier: Job | undefined, later: Job): Job {
	const merged: Job = { ...later };
	for (const key of ['input_file_ids', 'output_node_files']) {
		merged[key] ??= earlier?.[key];
		if (merged[key] === undefined) delete merged[key];
	}
	return merged;
}

export const jobPath = (id: string) => `/jobs/${pathSegment(id)}`;

/** Reads one job. Throws a NodeApiError, even for a response that is not a job. */
export async function getJob(
	ctx: ApiContext,
	id: string,
	totalMs?: number,
	attempts?: number,
): Promise<Job> {
	const answer = await call(ctx, jobPath(id), {
		subject: { noun: 'job', id },
		totalMs,
		attempts,
		check: asJob,
	});
	return answer.json as Job;
}

/** The filters for jobs. A server may ignore them, or spell a status differently. */
export interface JobFilter {
	workflow_id?: string;
	status?: string;
}

interface ReadJobs {
	/** Milliseconds for all attempts together. */
	totalMs?: number;
	attempts?: number;
}

/** A long history takes minutes: a thousand jobs with a hundred thousand files have 64 MB. */
const LIST_MS = 300_000;

/**
 * Passes on each member of the list of jobs as it arrives, and keeps none: the API neither pages nor sorts the list. Throws a
 * NodeApiError if the list can't be read. Some of its members may have been passed on by then.
 * @param start called for each attempt. The function it returns receives the members, and returns false if no more are needed
 */
export async function readJobs(
	ctx: ApiContext,
	filter: JobFilter,
	{ totalMs = LIST_MS, attempts }: ReadJobs,
	start: () => (member: unknown) => boolean,
): Promise<void> {
	await call(ctx, '/jobs/', {
		qs: { ...filter },
		subject: { noun: 'list of jobs' },
		totalMs,
		attempts,
		check: Array.isArray,
		read: membersTo(start),
	});
}

/** Newest first. */
const byAge = (one: IDataObject, other: IDataObject) =>
	(createdAt(other as Job) || 0) - (createdAt(one as Job) || 0);

interface ListJobs extends ReadJobs {
	/** Whether a job is wanted. By default, all are. */
	isWanted?: (job: Job) => boolean;
	/** How many of the newest jobs are wanted. */
	most?: number;
	/** Receives the number of members of the list that are not records. */
	onSkipped?: (count: number) => void;
}

/** Reads jobs, newest first, as the API returns them, even if an ID is not a text. Throws a NodeApiError. */
export async function listJobs(
	ctx: ApiContext,
	filter: JobFilter = {},
	{ isWanted = () => true, most = Infinity, onSkipped, ...read }: ListJobs = {},
): Promise<Job[]> {
	let jobs: Job[] = [];
	let skipped = 0;
	await readJobs(ctx, filter, read, () => {
		jobs = [];
		skipped = 0;
		return (member) => {
			if (!isRecord(member)) skipped++;
			else if (isWanted(member as Job)) jobs.push(member as Job);
			if (jobs.length >= 2 * most + 100) jobs = jobs.sort(byAge).slice(0, most);
			return true;
		};
	});
	onSkipped?.(skipped);
	return jobs.sort(byAge).slice(0, most);
}

/** Whether a job belongs to a workflow, as far as the job says. A server may ignore the filter. */
export const isOfWorkflow = ({ workflow_id: of }: Job, workflowId: string | undefined) =>
	!workflowId || typeof of !== 'string' || of.toLowerCase() === workflowId.toLowerCase();

const AID: Pick<ReadJobs, 'totalMs' | 'attempts'> = { totalMs: 60_000, attempts: 2 };

/** Reads the newest job that matches a filter and a status, as far as the list shows it. Throws a NodeApiError. */
export async function findJob(
	ctx: ApiContext,
	filter: JobFilter,
	isWanted: (status: unknown) => boolean,
): Promise<Job | undefined> {
	const jobs = await listJobs(ctx, filter, {
		...AID,
		isWanted: (job) => hasId(job) && isOfWorkflow(job, filter.workflow_id) && isWanted(job.status),
		most: 1,
	});
	return jobs[0];
}

/** Reads the details of a job: `processing_status` as the API returns it, and the files that failed. Throws a NodeApiError. */
export async function readDetails(ctx: ApiContext, id: string) {
	const { json } = await call(ctx, `${jobPath(id)}/details`, {
		subject: { noun: 'job', id },
		check: isRecord,
	});
	return maskSecrets(json as Record<string, unknown>);
}

const hasList = (json: unknown) => isRecord(json) && Array.isArray(json.failed_files);

/** Reads the failed files of a job as the API returns them: `document` and `error`. Empty if none failed. Throws a NodeApiError. */
export async function readFailedFiles(
	ctx: ApiContext,
	id: string,
	limits: Partial<RetryLimits> = {},
): Promise<IDataObject[]> {
	const { json } = await call(ctx, `${jobPath(id)}/failed-files`, {
		...limits,
		subject: { noun: 'job', id },
		check: hasList,
	});
	// A reason may quote the settings of a connector. The name of a file stays unchanged.
	return records((json as { failed_files: unknown }).failed_files).map((file) => ({
		...maskSecrets(file),
		...('document' in file && { document: file.document }),
	}));
}

/** The routes that turned out to be missing, so an execution calls each of them only once. */
const missing = new WeakMap<ApiContext, Set<string>>();

/**
 * Reads data whose route a Transform account may not have: details and failed files. Returns `otherwise` after a 403 or 404
 * (docs/api-notes.md 1.9). Throws a NodeApiError for any other status.
 * @param route the key under which a missing route is remembered
 */
export async function ifAvailable<T>(
	ctx: ApiContext,
	route: string,
	read: () => Promise<T>,
	otherwise: T,
): Promise<T> {
	const routes = missing.get(ctx) ?? new Set();
	missing.set(ctx, routes);
	if (routes.has(route)) return otherwise;
	try {
		return await read();
	} catch (error) {
		if (!(error instanceof NodeApiError) || !/^40[34]$/.test(error.httpCode ?? '')) {
			throw error as NodeApiError;
		}
		if (error.message === NOTHING_FOUND || error.httpCode === '403') routes.add(route);
		return otherwise;
	}
}
