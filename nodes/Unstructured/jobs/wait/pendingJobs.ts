import { NodeApiError, type NodeOperationError } from 'n8n-workflow';
import { mergeJob, type Job } from '../../api/jobs';
import { isFinal } from '../../api/jobStatus';
import type { ApiContext } from '../../transport/connection';
import { apiError } from '../../transport/errors';

/** A job, as far as it is known. */
export type KnownJob = Partial<Job> & { id: string };

/** How it ended for one job: the job in its final state, or why that is not known. */
export type Waited = Job | NodeApiError | NodeOperationError;

const CALL_TIMEOUT_MS = 30_000;

/** A read that may work at the next look: no answer, too many requests, or a server in trouble. */
export const isPassing = (error: unknown) =>
	error instanceof NodeApiError &&
	(error.httpCode === null || /^(2\d\d|429|5\d\d)$/.test(error.httpCode));

/** A list that can't be read is not asked for again at once. */
const MOST_LOOKS_WITHOUT_LIST = 16;

/** Jobs that are waited for, and what is known of them. */
export class PendingJobs {
	readonly results = new Map<string, Waited>();
	/** Those not tried for longest come first. */
	readonly pending = new Map<string, KnownJob>();
	/** Those that this look has not seen. */
	unseen = new Set<string>();
	/** Those not tried since all of them were. */
	private untried = new Set<string>();
	/** Set while looks go wrong; the reason given when the time is up before one worked. */
	trouble?: NodeApiError;
	/** Why the list could not be read, the last time that it was asked for. It keeps no job from being read. */
	listTrouble?: NodeApiError;
	private listFailures = 0;
	private looksWithoutList = 0;

	/** Unix milliseconds until which the last of them is waited for. */
	private deadline = 0;

	/** @param deadlineOf Unix milliseconds until which a job is waited for */
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

	/** Milliseconds that a call may take. */
	get callMs() {
		return Math.max(1_000, Math.min(CALL_TIMEOUT_MS, this.deadline - Date.now()));
	}

	get isOver() {
		return Date.now() >= this.deadline;
	}

	/** Begins a look. */
	begin() {
		this.trouble = undefined;
		this.unseen = new Set(this.pending.keys());
		this.deadline = [...this.unseen].reduce((last, id) => Math.max(last, this.deadlineOf(id)), 0);
	}

	/** Whether each job was tried since this last said so. */
	endRound() {
		for (const id of this.untried) if (!this.pending.has(id)) this.untried.delete(id);
		if (this.untried.size > 0) return false;
		this.untried = new Set(this.pending.keys());
		return true;
	}

	/** What the API says of the job that was asked for as `id`. */
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

	/** A read of this job did not work: it is given up, or comes again after the others. */
	failed(id: string, error: NodeApiError) {
		const known = this.pending.get(id)!;
		if (!isPassing(error)) return this.end(id, this.naming(error, id));
		this.trouble = error;
		this.untried.delete(id);
		this.pending.delete(id);
		this.pending.set(id, known);
	}

	/** Whether to ask for the list in this look. */
	asksForList() {
		if (this.looksWithoutList === 0) return true;
		this.looksWithoutList--;
		return false;
	}

	listWorked(works: boolean) {
		if (works) this.listTrouble = undefined;
		this.listFailures = works ? 0 : this.listFailures + 1;
		this.looksWithoutList = works ? 0 : Math.min(2 ** this.listFailures, MOST_LOOKS_WITHOUT_LIST);
	}

	private naming(error: NodeApiError, id: string) {
		if (error.message.includes(id)) return error;
		const description = `Job ${id} was started and may go on. ${error.description ?? ''}`;
		const { message, httpCode } = error;
		return apiError(this.ctx.getNode(), { message, description, httpCode: httpCode ?? undefined });
	}
}
