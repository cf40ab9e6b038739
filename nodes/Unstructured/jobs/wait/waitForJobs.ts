import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { getJob, readJobs, type Job, type JobFilter } from '../../api/jobs';
import { pause, throwIfCancelled } from '../../transport/cancel';
import type { ApiContext } from '../../transport/connection';
import { isRecord } from '../../transport/json';
import { joinSentences } from '../../transport/sentences';
import { PendingJobs, type KnownJob, type Waited } from './pendingJobs';

export type { KnownJob, Waited } from './pendingJobs';

export interface WaitOptions {
	/** Seconds. */
	timeout: number;
	/** Seconds between the first two checks. The interval grows by half after each job was checked. */
	pollInterval: number;
}

/** Combines the options of several items for one job: the longest timeout, and the shortest interval. */
export const longest = (one: WaitOptions, other: WaitOptions = one): WaitOptions => ({
	timeout: Math.max(one.timeout, other.timeout),
	pollInterval: Math.min(one.pollInterval, other.pollInterval),
});

export const LONGEST_INTERVAL_MS = 15_000;
/** API calls per check, for any number of jobs. */
const CALLS_PER_CHECK = 3;

/** Returns the filters that list all pending jobs. They leave a call for a job that no list shows. */
function listFilters({ pending }: PendingJobs): JobFilter[] {
	const workflows = new Set([...pending.values()].map((job) => job.workflow_id));
	if (workflows.size >= CALLS_PER_CHECK || workflows.has(undefined)) return [{}];
	return [...workflows].map((id) => ({ workflow_id: id }));
}

async function readOne(ctx: ApiContext, waiting: PendingJobs, id: string) {
	try {
		waiting.saw(id, await getJob(ctx, id, waiting.callMs, 1));
	} catch (error) {
		if (!(error instanceof NodeApiError)) throw error as NodeOperationError;
		waiting.failed(id, error);
	}
}

/** Returns whether the list could be read. The jobs before it breaks off count too. */
async function readList(ctx: ApiContext, waiting: PendingJobs, filter: JobFilter) {
	const see = (member: unknown) => {
		const id = isRecord(member) ? String(member.id) : '';
		if (waiting.unseen.has(id)) waiting.saw(id, member as Job);
		return waiting.unseen.size > 0;
	};
	try {
		await readJobs(ctx, filter, { totalMs: waiting.callMs, attempts: 1 }, () => see);
		return true;
	} catch (error) {
		if (!(error instanceof NodeApiError)) throw error as NodeOperationError;
		waiting.listTrouble = error;
		return false;
	}
}

/**
 * Checks the pending jobs once: a few one by one, many by lists. The jobs that a list omits are read one by one, in turn, with
 * the calls that remain.
 */
async function checkOnce(ctx: ApiContext, waiting: PendingJobs) {
	waiting.begin();
	let calls = CALLS_PER_CHECK;
	if (waiting.pending.size > calls && waiting.asksForList()) {
		let works = true;
		for (const filter of listFilters(waiting)) {
			if (waiting.unseen.size === 0 || waiting.isOver || !works) break;
			works = await readList(ctx, waiting, filter);
			calls--;
		}
		waiting.listWorked(works);
	}
	const inTurn = [...waiting.pending.keys()].filter((id) => waiting.unseen.has(id));
	for (const id of inTurn.slice(0, calls)) {
		await readOne(ctx, waiting, id);
		if (waiting.isOver) return;
	}
}

/**
 * Checks these jobs once, with at most three API calls.
 * @param totalMs the most milliseconds of all calls
 * @returns `ended`: jobs that are finished or can't be read any more. `pending`: the others, as last known. `unseen`: the
 * pending jobs that this check did not see
 */
export async function checkJobs(ctx: ApiContext, jobs: KnownJob[], totalMs: number) {
	const deadline = Date.now() + totalMs;
	const waiting = new PendingJobs(ctx, jobs, () => deadline);
	await checkOnce(ctx, waiting);
	const { results: ended, pending, unseen, trouble } = waiting;
	return { ended, pending, unseen, trouble };
}

function timeoutError(ctx: ApiContext, waiting: PendingJobs, id: string, seconds: number) {
	const status = waiting.pending.get(id)?.status;
	const known =
		typeof status === 'string' && status ? `Its last known status is ${status.slice(0, 50)}.` : '';
	const reason = waiting.trouble ?? waiting.listTrouble;
	return new NodeOperationError(
		ctx.getNode(),
		`Job ${id} did not finish within ${seconds} seconds`,
		{
			description: joinSentences(
				known,
				"The job is still running in Unstructured. Increase 'Timeout (Seconds)' in the options, or use 'Job: Wait for Completion' with this job ID.",
				reason && `The last check failed: ${reason.message}`,
			),
		},
	);
}

/** Milliseconds for which the server asked to wait, if it did (see `outcomeError`). */
const askedMs = ({ trouble }: PendingJobs) => Number(trouble?.context.retryAfterMs ?? 0);

/** More frequent checks would burden the server. */
const SHORTEST_INTERVAL_MS = 100;

/**
 * Waits until every job is finished or its time is up, with at most three API calls per check. Never cancels a job.
 * Returns one result per job ID, even if the job can't be read any more. Throws only if the execution is stopped.
 * @param jobs as far as known; `{ id }` is enough
 * @param options of all jobs, or of each by its ID. The jobs share their checks, at the shortest interval
 * @param checkAtOnce false right after a job was started
 */
export async function waitForJobs(
	ctx: ApiContext,
	jobs: KnownJob[],
	options: WaitOptions | ((id: string) => WaitOptions),
	checkAtOnce = true,
): Promise<Map<string, Waited>> {
	const optionsOf = typeof options === 'function' ? options : () => options;
	const started = Date.now();
	const deadlineOf = (id: string) => started + optionsOf(id).timeout * 1000;
	const waiting = new PendingJobs(ctx, jobs, deadlineOf);
	const shortest = jobs.reduce((least, { id }) => Math.min(least, optionsOf(id).pollInterval), 1e6);
	let interval = Math.max(SHORTEST_INTERVAL_MS, shortest * 1000);
	const most = Math.max(interval, LONGEST_INTERVAL_MS);

	for (let first = true; waiting.pending.size > 0; first = false) {
		const isAtOnce = first && checkAtOnce;
		const ids = [...waiting.pending.keys()];
		const stillRunning = `Jobs still running in Unstructured: ${ids.slice(0, 10).join(', ')}`;
		if (!isAtOnce) {
			const rest =
				ids.reduce((least, id) => Math.min(least, deadlineOf(id)), Infinity) - Date.now();
			await pause(ctx, Math.min(Math.max(interval, askedMs(waiting)), rest), stillRunning);
		}
		try {
			await checkOnce(ctx, waiting);
		} catch (error) {
			throwIfCancelled(ctx, stillRunning);
			throw error as NodeOperationError;
		}
		if (waiting.endRound() && !isAtOnce) interval = Math.min(interval * 1.5, most);
		for (const id of [...waiting.pending.keys()]) {
			if (Date.now() < deadlineOf(id)) continue;
			waiting.end(id, timeoutError(ctx, waiting, id, optionsOf(id).timeout));
		}
	}
	return waiting.results;
}
