import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { getJob, listJobs, mergeJob, type Job } from '../../api/jobs';
import { isFinal } from '../../api/jobStatus';
import { pause, throwIfCancelled } from '../../transport/cancel';
import type { ApiContext } from '../../transport/connection';
import { apiError } from '../../transport/errors';

export interface WaitOptions {
	/** Seconds. */
	timeout: number;
	/** Seconds until the second look; the pauses grow by half each time. */
	pollInterval: number;
}

/** A job, as far as it is known. */
export type KnownJob = Partial<Job> & { id: string };

/** How it ended for one job: the job in its final state, or why that is not known. */
export type Waited = Job | NodeApiError | NodeOperationError;

export const LONGEST_INTERVAL_MS = 15_000;
/** API calls per look, however many jobs are waited for. */
const CALLS_PER_LOOK = 3;
const CALL_TIMEOUT_MS = 30_000;

/** A read that may work at the next look: no answer, too many requests, or a server in trouble. */
const isPassing = (error: unknown) =>
	error instanceof NodeApiError &&
	(error.httpCode === null || /^(2\d\d|429|5\d\d)$/.test(error.httpCode));

/** The jobs that are still waited for, and what is known of them. */
class Waiting {
	readonly results = new Map<string, Waited>();
	/** Those not seen for longest come first. */
	readonly pending = new Map<string, KnownJob>();
	/** Set while looks go wrong; the reason given when the time is up before one worked. */
	trouble?: NodeApiError;

	constructor(
		private readonly ctx: ApiContext,
		jobs: KnownJob[],
		readonly deadline: number,
	) {
		for (const job of jobs) {
			if (isFinal(job.status)) this.results.set(job.id, job);
			else this.pending.set(job.id, job);
		}
	}

	/** Milliseconds that a call may take. */
	get callMs() {
		return Math.max(1_000, Math.min(CALL_TIMEOUT_MS, this.deadline - Date.now()));
	}

	get isOver() {
		return Date.now() >= this.deadline;
	}

	saw(job: Job) {
		const known = mergeJob(this.pending.get(job.id) as Job, job);
		this.pending.delete(job.id);
		if (isFinal(known.status)) this.results.set(job.id, known);
		else this.pending.set(job.id, known);
	}

	end(id: string, result: Waited) {
		this.results.set(id, result);
		this.pending.delete(id);
	}

	/** A read of these jobs did not work: they are given up, or looked at again. */
	failed(error: NodeApiError, ids: string[]) {
		if (isPassing(error)) {
			this.trouble = error;
			return;
		}
		for (const id of ids) this.end(id, this.naming(error, id));
	}

	private naming(error: NodeApiError, id: string) {
		if (error.message.includes(id)) return error;
		const description = `Job ${id} was started and may go on. ${error.description ?? ''}`;
		const { message, httpCode } = error;
		return apiError(this.ctx.getNode(), { message, description, httpCode: httpCode ?? undefined });
	}
}

/** The filters under which all pending jobs can be listed in few calls: their workflows, or none. */
function listFilters({ pending }: Waiting): Array<{ workflow_id?: string }> {
	const workflows = new Set([...pending.values()].map((job) => job.workflow_id));
	if (workflows.size >= CALLS_PER_LOOK || workflows.has(undefined)) return [{}];
	return [...workflows].map((id) => ({ workflow_id: id }));
}

async function readEach(ctx: ApiContext, waiting: Waiting, ids: string[]) {
	for (const id of ids) {
		try {
			waiting.saw(await getJob(ctx, id, waiting.callMs));
		} catch (error) {
			if (!(error instanceof NodeApiError)) throw error as NodeOperationError;
			waiting.failed(error, [id]);
		}
		if (waiting.isOver) return;
	}
}

async function readList(ctx: ApiContext, waiting: Waiting, filter: object) {
	try {
		const jobs = await listJobs(ctx, filter, waiting.callMs);
		for (const job of jobs) if (waiting.pending.has(job.id)) waiting.saw(job);
		return new Set(jobs.map(({ id }) => id));
	} catch (error) {
		if (!(error instanceof NodeApiError)) throw error as NodeOperationError;
		waiting.failed(error, [...waiting.pending.keys()]);
		return undefined;
	}
}

/** One look at all pending jobs. A few are read one by one, many by lists. */
async function look(ctx: ApiContext, waiting: Waiting) {
	waiting.trouble = undefined;
	const ids = [...waiting.pending.keys()];
	if (ids.length <= CALLS_PER_LOOK) return await readEach(ctx, waiting, ids);
	const filters = listFilters(waiting);
	const listed = new Set<string>();
	for (const filter of filters) {
		const seen = await readList(ctx, waiting, filter);
		if (!seen || waiting.isOver) return;
		for (const id of seen) listed.add(id);
	}
	// A job that is in no list may be gone; only its own read can tell.
	const missing = ids.filter((id) => !listed.has(id));
	await readEach(ctx, waiting, missing.slice(0, CALLS_PER_LOOK - filters.length));
}

/**
 * One look at these jobs, with at most three API calls: those that have ended or can't be read any more, and those that
 * go on as last known.
 * @param totalMs milliseconds that it may take
 */
export async function lookAtJobs(ctx: ApiContext, jobs: KnownJob[], totalMs: number) {
	const waiting = new Waiting(ctx, jobs, Date.now() + totalMs);
	await look(ctx, waiting);
	const { results: ended, pending, trouble } = waiting;
	return { ended, pending, trouble };
}

function timeoutError(ctx: ApiContext, waiting: Waiting, id: string, seconds: number) {
	const status = waiting.pending.get(id)?.status;
	const known =
		typeof status === 'string' && status
			? ` and was ${status.slice(0, 50)} when last looked at`
			: '';
	const trouble = waiting.trouble ? `. The last look did not work: ${waiting.trouble.message}` : '';
	return new NodeOperationError(
		ctx.getNode(),
		`Job ${id} did not end within ${seconds} seconds${known}`,
		{
			description: `It goes on at Unstructured. Raise 'Timeout' in the options, or look again later with the operation 'Wait for Completion' and this job ID${trouble}`,
		},
	);
}

/** Milliseconds that the server asked to wait, when it did (see `outcomeError`). */
const askedMs = ({ trouble }: Waiting) => Number(trouble?.context.retryAfterMs ?? 0);

/**
 * Waits until every job has ended or the time is up, with at most three API calls per look. Never cancels a job.
 * Gives one result per job id, also when it can't be read any more; throws only when the execution is stopped.
 * @param jobs as far as known; `{ id }` is enough
 * @param lookAtOnce false right after a job was started
 */
export async function waitForJobs(
	ctx: ApiContext,
	jobs: KnownJob[],
	{ timeout, pollInterval }: WaitOptions,
	lookAtOnce = true,
): Promise<Map<string, Waited>> {
	const waiting = new Waiting(ctx, jobs, Date.now() + timeout * 1000);
	let interval = Math.max(0.1, pollInterval) * 1000;
	const longest = Math.max(interval, LONGEST_INTERVAL_MS);

	for (let first = true; waiting.pending.size > 0; first = false) {
		const isAtOnce = first && lookAtOnce;
		if (waiting.isOver && !isAtOnce) break;
		const ids = [...waiting.pending.keys()].slice(0, 10).join(', ');
		const stillRunning = `Jobs that go on at Unstructured: ${ids}`;
		if (!isAtOnce) {
			const rest = waiting.deadline - Date.now();
			const ms = Math.min(Math.max(interval, askedMs(waiting)), rest);
			await pause(ctx, ms, stillRunning);
			interval = Math.min(interval * 1.5, longest);
		}
		try {
			await look(ctx, waiting);
		} catch (error) {
			throwIfCancelled(ctx, stillRunning);
			throw error as NodeOperationError;
		}
	}
	for (const id of [...waiting.pending.keys()]) {
		waiting.end(id, timeoutError(ctx, waiting, id, timeout));
	}
	return waiting.results;
}
