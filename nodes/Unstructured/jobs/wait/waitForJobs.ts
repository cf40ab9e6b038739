import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { getJob, readJobs, type Job, type JobFilter } from '../../api/jobs';
import { pause, throwIfCancelled } from '../../transport/cancel';
import type { ApiContext } from '../../transport/connection';
import { isRecord } from '../../transport/json';
import { PendingJobs, type KnownJob, type Waited } from './pendingJobs';

export type { KnownJob, Waited } from './pendingJobs';

export interface WaitOptions {
	/** Seconds. */
	timeout: number;
	/** Seconds until the second look; the pauses grow by half when each job was looked at. */
	pollInterval: number;
}

/** What a job is waited for that several ask for: the longest time, with the shortest pauses. */
export const longest = (one: WaitOptions, other: WaitOptions = one): WaitOptions => ({
	timeout: Math.max(one.timeout, other.timeout),
	pollInterval: Math.min(one.pollInterval, other.pollInterval),
});

export const LONGEST_INTERVAL_MS = 15_000;
/** API calls per look, however many jobs are waited for. */
const CALLS_PER_LOOK = 3;

/** The filters under which all pending jobs can be listed, with a call left for one that no list shows. */
function listFilters({ pending }: PendingJobs): JobFilter[] {
	const workflows = new Set([...pending.values()].map((job) => job.workflow_id));
	if (workflows.size >= CALLS_PER_LOOK || workflows.has(undefined)) return [{}];
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

/** Whether the list could be read. What it shows before it breaks off counts too. */
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
 * One look at the pending jobs: a few are read one by one, many by lists. A list is an aid: the jobs that it does not show
 * are read one by one, in turn, with the calls that are left.
 */
async function look(ctx: ApiContext, waiting: PendingJobs) {
	waiting.begin();
	let calls = CALLS_PER_LOOK;
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
 * One look at these jobs, with at most three API calls: those that are finished or can't be read any more, and those that are
 * pending as last known.
 * @param totalMs milliseconds that it may take
 * @returns `unseen` are the pending jobs that this look did not see: nothing is known of them
 */
export async function lookAtJobs(ctx: ApiContext, jobs: KnownJob[], totalMs: number) {
	const deadline = Date.now() + totalMs;
	const waiting = new PendingJobs(ctx, jobs, () => deadline);
	await look(ctx, waiting);
	const { results: ended, pending, unseen, trouble } = waiting;
	return { ended, pending, unseen, trouble };
}

function timeoutError(ctx: ApiContext, waiting: PendingJobs, id: string, seconds: number) {
	const status = waiting.pending.get(id)?.status;
	const known =
		typeof status === 'string' && status
			? ` and was ${status.slice(0, 50)} when last looked at`
			: '';
	const reason = waiting.trouble ?? waiting.listTrouble;
	const trouble = reason ? ` The last check failed: ${reason.message}.` : '';
	return new NodeOperationError(
		ctx.getNode(),
		`Job ${id} did not end within ${seconds} seconds${known}`,
		{
			description: `It goes on at Unstructured. Raise 'Timeout' in the options, or look again later with the operation 'Wait for Completion' and this job ID.${trouble}`,
		},
	);
}

/** Milliseconds that the server asked to wait, when it did (see `outcomeError`). */
const askedMs = ({ trouble }: PendingJobs) => Number(trouble?.context.retryAfterMs ?? 0);

/** A look every tenth of a second is as much as a server can be asked for. */
const SHORTEST_INTERVAL_MS = 100;

/**
 * Waits until every job is finished or its time is up, with at most three API calls per look. Never cancels a job.
 * Returns one result per job id, also when it can't be read any more; throws only when the execution is stopped.
 * @param jobs as far as known; `{ id }` is enough
 * @param options of all jobs, or of each by its id. They share their looks, at the shortest interval
 * @param lookAtOnce false right after a job was started
 */
export async function waitForJobs(
	ctx: ApiContext,
	jobs: KnownJob[],
	options: WaitOptions | ((id: string) => WaitOptions),
	lookAtOnce = true,
): Promise<Map<string, Waited>> {
	const optionsOf = typeof options === 'function' ? options : () => options;
	const started = Date.now();
	const deadlineOf = (id: string) => started + optionsOf(id).timeout * 1000;
	const waiting = new PendingJobs(ctx, jobs, deadlineOf);
	const shortest = jobs.reduce((least, { id }) => Math.min(least, optionsOf(id).pollInterval), 1e6);
	let interval = Math.max(SHORTEST_INTERVAL_MS, shortest * 1000);
	const most = Math.max(interval, LONGEST_INTERVAL_MS);

	for (let first = true; waiting.pending.size > 0; first = false) {
		const isAtOnce = first && lookAtOnce;
		const ids = [...waiting.pending.keys()];
		const left = `Jobs that go on at Unstructured: ${ids.slice(0, 10).join(', ')}`;
		if (!isAtOnce) {
			const rest =
				ids.reduce((least, id) => Math.min(least, deadlineOf(id)), Infinity) - Date.now();
			await pause(ctx, Math.min(Math.max(interval, askedMs(waiting)), rest), left);
		}
		try {
			await look(ctx, waiting);
		} catch (error) {
			throwIfCancelled(ctx, left);
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
