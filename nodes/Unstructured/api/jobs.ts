import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { call } from '../transport/call';
import type { ApiContext } from '../transport/connection';
import { NOTHING_FOUND } from '../transport/errors';
import { hasId, isRecord, records } from '../transport/json';
import { membersTo } from '../transport/listMembers';
import { pathSegment } from '../transport/pathSegment';
import { maskSecrets } from '../transport/secrets';

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

/** What the API filters jobs by. Servers may ignore it, and spell a status in another way. */
export interface JobFilter {
	workflow_id?: string;
	status?: string;
}

interface ReadJobs {
	/** Milliseconds for all attempts together. */
	totalMs?: number;
	attempts?: number;
}

/** A long history takes minutes: a hundred thousand files in a thousand jobs are 64 MB. */
const LIST_MS = 300_000;

/**
 * Passes on each member of the list of jobs while it arrives, so that none is kept that nobody needs: the API neither pages
 * nor sorts it. Throws a NodeApiError when it can't be read; some of its members may have been passed on by then.
 * @param start called for each attempt. What it returns gets the members, and returns false when no more are needed
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
	/** Which jobs are wanted; all of them unless told. */
	isWanted?: (job: Job) => boolean;
	/** How many of the newest are wanted. */
	most?: number;
	/** Told how many members of the list are no records. */
	onSkipped?: (count: number) => void;
}

/** Jobs, newest first, as the API returns them, also those whose id is no text. Throws a NodeApiError. */
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

/** Whether a job is of a workflow, as far as it tells: a server may ignore the filter. */
export const isOfWorkflow = ({ workflow_id: of }: Job, workflowId: string | undefined) =>
	!workflowId || typeof of !== 'string' || of.toLowerCase() === workflowId.toLowerCase();

const AID: Pick<ReadJobs, 'totalMs' | 'attempts'> = { totalMs: 60_000, attempts: 2 };

/** The newest job under a filter whose status is as wanted, as far as the list shows it. Throws a NodeApiError. */
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

/** What was processed: `processing_status` as the API gives it, and the files that failed. */
export async function readDetails(ctx: ApiContext, id: string) {
	const { json } = await call(ctx, `${jobPath(id)}/details`, {
		subject: { noun: 'job', id },
		check: isRecord,
	});
	return maskSecrets(json as Record<string, unknown>);
}

const hasList = (json: unknown) => isRecord(json) && Array.isArray(json.failed_files);

/** The files of a job that failed, as the API gives them: `document` and `error`. Empty when none did. */
export async function readFailedFiles(ctx: ApiContext, id: string): Promise<IDataObject[]> {
	const { json } = await call(ctx, `${jobPath(id)}/failed-files`, {
		subject: { noun: 'job', id },
		check: hasList,
	});
	// A reason may quote the settings of a connector; the name of a file stays as it is.
	return records((json as { failed_files: unknown }).failed_files).map((file) => ({
		...maskSecrets(file),
		...('document' in file && { document: file.document }),
	}));
}

/** The routes that turned out to be missing, so that an execution calls each of them once. */
const missing = new WeakMap<ApiContext, Set<string>>();

/**
 * What may be missing on a Transform account: details and failed files. A 403 or 404 counts as nothing there
 * (docs/api-notes.md 1.9). Throws a NodeApiError for anything else.
 * @param route by which a missing one is remembered
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
