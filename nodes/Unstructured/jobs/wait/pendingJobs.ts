import { NodeApiError, type NodeOperationError } from 'n8n-workflow';
import { mergeJob, type Job } from '../../api/jobs';
import { isFinal } from '../../api/jobStatus';
import type { ApiContext } from '../../transport/connection';
import { apiError } from '../../transport/errors';
import { joinSentences } from '../../transport/sentences';

/** A job, as far as it is known. */
export type KnownJob = Partial<Job> & { id: string };

/** The end of a wait for one job: the finished job, or why its status is not known. */
export type Waited = Job | NodeApiError | NodeOperationError;

const CALL_TIMEOUT_MS = 30_000;

/** Whether a failed read may work at the next check: no response, too many requests, or a failing server. */
export const isPassing = (error: unknown) =>
	error instanceof NodeApiError &&
	(error.httpCode === null || /^(2\d\d|429|5\d\d)$/.test(error.httpCode));

/** The most checks that skip the list after it could not be read. */
const MOST_CHECKS_WITHOUT_LIST = 16;

/** The jobs of a wait, and what is known of them. */
export class PendingJobs {
	readonly results = new Map<string, Waited>();
	/** The job whose last check is the longest ago comes first. */
	readonly pending = new Map<string, KnownJob>();
	/** The jobs that the current check has not seen. */
	unseen = new Set<string>();
	/** The jobs not checked in this round. A round ends when all of them were. */
	private untried = new Set<string>();
	/** Why the last check failed, for the error if the time runs out. */
	trouble?: NodeApiError;
	/** Why the list could not be read the last time. The jobs are read one by one even so. */
	listTrouble?: NodeApiError;
	private listFailures = 0;
	private checksWithoutList = 0;

	/** The end of the longest wait, in Unix milliseconds. */
	private deadline = 0;

	/** @param deadlineOf the end of the wait for a job, in Unix milliseconds */
	constructor(
		private readonly ctx: ApiContext,
		jobs: KnownJob[],
		readonly deadlineOf: (id: string) => number,
	) {
		for (const job of jobs) {
			if (isFinal(job.status)) this.results.set(job.id, job as Job);
			else this.pending.set(job.id, job);
		}
		this.untried = new Set(this.pending.keys());
	}

	/** The most milliseconds of a call. */
	get callMs() {
		return Math.max(1_000, Math.min(CALL_TIMEOUT_MS, this.deadline - Date.now()));
	}

	get isOver() {
		return Date.now() >= this.deadline;
	}

	/** Begins a check. */
	begin() {
		this.trouble = undefined;
		this.unseen = new Set(this.pending.keys());
		this.deadline = [...this.unseen].reduce((last, id) => Math.max(last, this.deadlineOf(id)), 0);
	}

	/** Whether each job was checked since this last returned true. */
	endRound() {
		for (const id of this.untried) if (!this.pending.has(id)) this.untried.delete(id);
		if (this.untried.size > 0) return false;
		this.untried = new Set(this.pending.keys());
		return true;
	}

	/** Records what the API returned for the job that was requested as `id`. */
	saw(id: string, job: Job) {
		const known = mergeJob(this.pending.get(id) as Job, job);
		this.end(id);
		if (isFinal(known.status)) this.results.set(id, known);
		else this.pending.set(id, known);
	}

	end(id: string, result?: Waited) {
		if (result) this.results.set(id, result);
		this.pending.delete(id);
		this.unseen.delete(id);
		this.untried.delete(id);
	}

	/** Records a failed read of a job. Its wait ends, or it is checked again after the others. */
	failed(id: string, error: NodeApiError) {
		const known = this.pending.get(id)!;
		if (!isPassing(error)) return this.end(id, this.naming(error, id));
		this.trouble = error;
		this.untried.delete(id);
		this.pending.delete(id);
		this.pending.set(id, known);
	}

	/** Whether to request the list in this check. */
	asksForList() {
		if (this.checksWithoutList === 0) return true;
		this.checksWithoutList--;
		return false;
	}

	listWorked(works: boolean) {
		if (works) this.listTrouble = undefined;
		this.listFailures = works ? 0 : this.listFailures + 1;
		this.checksWithoutList = works ? 0 : Math.min(2 ** this.listFailures, MOST_CHECKS_WITHOUT_LIST);
	}

	private naming(error: NodeApiError, id: string) {
		if (error.message.includes(id)) return error;
		const description = joinSentences(
			`Job ${id} was started and may still be running`,
			error.description,
		);
		const { message, httpCode } = error;
		return apiError(this.ctx.getNode(), { message, description, httpCode: httpCode ?? undefined });
	}
}
