import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { pause, throwIfCancelled } from '../transport/request';
import { getJob, listJobs, mergeJob, type Job } from './job';
import { isFinal } from './status';

export interface WaitOptions {
	/** Seconds. */
	timeout: number;
	/** Seconds until the second look; the pauses grow by half each time. */
	pollInterval: number;
}

/** How it ended for one job: the job in its final state, or why that is not known. */
export type Waited = Job | NodeApiError | NodeOperationError;

const LONGEST_INTERVAL_MS = 15_000;
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
	readonly pending = new Map<string, Partial<Job>>();
	/** Set while looks go wrong; the reason given when the time is up before one worked. */
	trouble?: NodeApiError;

	constructor(jobs: Array<Partial<Job> & { id: string }>) {
		for (const job of jobs) {
			if (isFinal(job.status)) this.results.set(job.id, job);
			else this.pending.set(job.id, job);
		}
	}

	saw(job: Job) {
		const known = mergeJob(this.pending.get(job.id) as Job, job);
		if (isFinal(known.status)) this.end(job.id, known);
		else this.pending.set(job.id, known);
	}

	end(id: string, result: Waited) {
		this.results.set(id, result);
		this.pending.delete(id);
	}
}

/** The filters under which all pending jobs can be listed in few calls: their workflows, or none. */
function listFilters({ pending }: Waiting): Array<{ workflow_id?: string }> {
	const workflows = new Set([...pending.values()].map((job) => job.workflow_id));
	if (workflows.size >= CALLS_PER_LOOK || workflows.has(undefined)) return [{}];
	return [...workflows].map((id) => ({ workflow_id: String(id) }));
}

async function readOne(ctx: IExecuteFunctions, waiting: Waiting, id: string, timeoutMs: number) {
	try {
		waiting.saw(await getJob(ctx, id, timeoutMs));
	} catch (error) {
		if (isPassing(error)) waiting.trouble = error as NodeApiError;
		else waiting.end(id, error as NodeApiError);
	}
}

/** One look at all pending jobs. A few are read one by one, many by lists. */
async function look(ctx: IExecuteFunctions, waiting: Waiting, timeoutMs: number) {
	waiting.trouble = undefined;
	const ids = [...waiting.pending.keys()];
	if (ids.length <= CALLS_PER_LOOK) {
		for (const id of ids) await readOne(ctx, waiting, id, timeoutMs);
		return;
	}
	const filters = listFilters(waiting);
	const listed = new Set<string>();
	for (const filter of filters) {
		try {
			for (const job of await listJobs(ctx, filter, timeoutMs)) {
				if (waiting.pending.has(job.id)) waiting.saw(job);
				listed.add(job.id);
			}
		} catch (error) {
			if (!isPassing(error)) throw error as NodeApiError;
			waiting.trouble = error as NodeApiError;
			return;
		}
	}
	// A job that is in no list may be gone; only its own read can tell.
	const missing = ids.filter((id) => !listed.has(id)).slice(0, CALLS_PER_LOOK - filters.length);
	for (const id of missing) await readOne(ctx, waiting, id, timeoutMs);
}

function timeoutError(ctx: IExecuteFunctions, waiting: Waiting, id: string, seconds: number) {
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

/**
 * Waits until every job has ended or the time is up, with at most three API calls per look. Never cancels a job.
 * Gives one result per job id. Throws when the execution is stopped, and when the key stops working.
 * @param jobs as far as known; `{ id }` is enough
 * @param lookAtOnce false right after a job was started
 */
export async function waitForJobs(
	ctx: IExecuteFunctions,
	jobs: Array<Partial<Job> & { id: string }>,
	{ timeout, pollInterval }: WaitOptions,
	lookAtOnce = true,
): Promise<Map<string, Waited>> {
	const deadline = Date.now() + timeout * 1000;
	const waiting = new Waiting(jobs);
	let interval = Math.max(0.1, pollInterval) * 1000;
	const longest = Math.max(interval, LONGEST_INTERVAL_MS);

	for (let first = true; waiting.pending.size > 0; first = false) {
		const left = deadline - Date.now();
		if (left <= 0 && !(first && lookAtOnce)) break;
		if (!first || !lookAtOnce) {
			const ids = [...waiting.pending.keys()].slice(0, 10).join(', ');
			await pause(ctx, Math.min(interval, left), `Jobs that go on at Unstructured: ${ids}`);
			interval = Math.min(interval * 1.5, longest);
		}
		const timeoutMs = Math.max(1_000, Math.min(CALL_TIMEOUT_MS, deadline - Date.now()));
		await look(ctx, waiting, timeoutMs);
	}
	for (const id of [...waiting.pending.keys()]) {
		waiting.end(id, timeoutError(ctx, waiting, id, timeout));
	}
	return waiting.results;
}

/**
 * Waits like `waitForJobs` for jobs that were just started, but gives a failure that concerns all of them, such as a key
 * that stopped working, as the result of each.
 */
export async function waitForAll(
	ctx: IExecuteFunctions,
	jobs: Job[],
	options: WaitOptions,
): Promise<Map<string, Waited>> {
	try {
		return await waitForJobs(ctx, jobs, options, false);
	} catch (error) {
		throwIfCancelled(
			ctx,
			`Jobs that go on at Unstructured: ${jobs.map(({ id }) => id).join(', ')}`,
		);
		return new Map(jobs.map(({ id }) => [id, error as NodeApiError]));
	}
}
