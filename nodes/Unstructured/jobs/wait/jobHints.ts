import type { IExecuteFunctions } from 'n8n-workflow';
import type { Job } from '../../api/jobs';
import { jobOutcome, type JobOutcome } from '../../api/jobStatus';
import { isTool } from '../../items/agentAnswer';
import { addHint } from '../../items/hints';
import { joinSentences } from '../../transport/sentences';
import { describeFailures, failedFilesOf, withFailedFiles } from '../../api/failureReasons';

/** The IDs shown of a longer list. */
const MOST_IDS = 5;
/** Requests for hints in one execution, which may have many jobs. */
const MOST_READS = 5;

const ALL_REASONS = "To get all reasons, use 'Job: Get Failed Files' with the job ID.";

function nameJobs(ids: string[]): string {
	const more = ids.length - MOST_IDS;
	const shown = ids.slice(0, MOST_IDS).join(', ');
	return `${ids.length === 1 ? 'Job' : 'Jobs'} ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}

const idsOf = (jobs: Job[]) => jobs.map(({ id }) => id);
const beOf = (jobs: { length: number }) => (jobs.length === 1 ? 'is' : 'are');
const wereOf = (jobs: { length: number }) => (jobs.length === 1 ? 'was' : 'were');

const reasonsOf = (jobs: Job[]) => jobs.flatMap(describeFailures).slice(0, 3).join('; ');

/** Whether this node can return the results of a job. Otherwise a connector delivers them. */
const hasOutput = ({ input_file_ids: files }: Job) => Array.isArray(files) && files.length > 0;

/** Collects the jobs of an execution, and then shows hints on what became of them and the next step. */
export class JobHints {
	private readonly finished = new Map<string, Job>();

	private readonly running = new Set<string>();

	private readonly notAwaited = new Set<string>();

	constructor(
		private readonly ctx: IExecuteFunctions,
		private readonly splitByStatus = false,
	) {}

	/** Notes a job that was returned without waiting for it. */
	addNotAwaited(id: string) {
		this.notAwaited.add(id);
	}

	/** Notes a job that was still running when the time was up. */
	addRunning(id: string) {
		this.running.add(id);
	}

	/** Notes a finished job. If its failed files were read, they are in `failed_files`. */
	addFinished(job: Job) {
		this.finished.set(job.id, job);
	}

	/**
	 * Shows the hints. Only a manual execution reads failed files for them: someone sees its hints, and production must not send
	 * more requests.
	 */
	async show() {
		// A model gets no hints.
		if (isTool(this.ctx)) return;
		if (this.ctx.getMode() === 'manual') await this.readFailedFiles();
		this.hintFailed(this.withOutcome('failed'));
		this.hintStopped(this.withOutcome('stopped'));
		const completed = this.withOutcome('completed');
		this.hintPartlyFailed(completed.filter((job) => failedFilesOf(job)?.length));
		this.hintRunning([...this.running]);
		this.hintNotAwaited(this.notAwaited.size);
		this.hintOutput(completed.filter(hasOutput).length);
	}

	private withOutcome(outcome: JobOutcome): Job[] {
		return [...this.finished.values()].filter(({ status }) => jobOutcome(status) === outcome);
	}

	private async readFailedFiles() {
		const unread = [...this.withOutcome('failed'), ...this.withOutcome('completed')]
			.filter((job) => !failedFilesOf(job))
			.slice(0, MOST_READS);
		for (const job of unread) this.addFinished(await withFailedFiles(this.ctx, job));
	}

	private hintFailed(jobs: Job[]) {
		if (jobs.length === 0) return;
		const reasons = reasonsOf(jobs);
		const next = reasons
			? joinSentences(`Reasons: ${reasons}`, ALL_REASONS)
			: "To see why, open the Jobs page in Unstructured, or use 'Job: Get Failed Files' with the job ID.";
		addHint(this.ctx, `${nameJobs(idsOf(jobs))} failed. ${next}`);
	}

	private hintStopped(jobs: Job[]) {
		if (jobs.length === 0) return;
		addHint(
			this.ctx,
			`${nameJobs(idsOf(jobs))} ${wereOf(jobs)} canceled before completion. If that wasn't intended, run this node again.`,
		);
	}

	private hintPartlyFailed(jobs: Job[]) {
		if (jobs.length === 0) return;
		const count = jobs.reduce((sum, job) => sum + failedFilesOf(job)!.length, 0);
		const files = count === 1 ? '1 file' : `${count} files`;
		addHint(
			this.ctx,
			joinSentences(
				`${nameJobs(idsOf(jobs))} ${beOf(jobs)} completed, but ${files} couldn't be processed`,
				`Reasons: ${reasonsOf(jobs)}`,
				ALL_REASONS,
			),
		);
	}

	private hintRunning(ids: string[]) {
		if (ids.length === 0) return;
		addHint(
			this.ctx,
			`${nameJobs(ids)} ${beOf(ids)} still running in Unstructured. Increase 'Timeout (Seconds)' in the options, or use 'Job: Wait for Completion' with the job ID.`,
		);
	}

	private hintNotAwaited(count: number) {
		if (count === 0) return;
		const jobs = count === 1 ? 'the job' : 'the jobs';
		const what = this.splitByStatus
			? `This node returned ${jobs} on the output 'Running', because it didn't wait for the final status.`
			: `This node only started ${jobs}.`;
		addHint(
			this.ctx,
			`${what} To wait for completion, turn on 'Wait for Completion', or add 'Job: Wait for Completion' after this node.`,
			'info',
		);
	}

	private hintOutput(count: number) {
		if (count === 0) return;
		addHint(
			this.ctx,
			`To get the text or elements of the completed ${count === 1 ? 'job' : 'jobs'}, add 'Job: Get Output' after this node.`,
			'info',
		);
	}
}
