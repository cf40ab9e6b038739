import { NodeOperationError, type IExecuteFunctions, type NodeApiError } from 'n8n-workflow';
import { pause } from '../../transport/cancel';
import { checkJobs, type KnownJob, type Waited } from './waitForJobs';

const CHECK_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** The jobs of a wait before it is parked: each is still running, finished, or can't be read. */
export class SeenJobs {
	readonly ended = new Map<string, Waited>();
	readonly pending: Map<string, KnownJob>;
	/** The pending jobs that were not seen yet. */
	private unseen: Set<string>;
	private trouble?: NodeApiError;

	constructor(
		private readonly ctx: IExecuteFunctions,
		jobs: KnownJob[],
		private readonly deadline: number,
	) {
		this.pending = new Map(jobs.map((job) => [job.id, job]));
		this.unseen = new Set(this.pending.keys());
	}

	/** Checks all pending jobs again, because some may be finished by now. */
	async checkAgain() {
		this.unseen = new Set(this.pending.keys());
		await this.check();
	}

	/** Checks the jobs that were not seen yet, at least once, and until all are seen or the time is up. */
	async check() {
		let wait = FIRST_PAUSE_MS;
		while (this.unseen.size > 0) {
			await this.checkOnce();
			if (this.unseen.size === 0 || Date.now() + wait > this.deadline) break;
			await pause(this.ctx, wait);
			// Without a failure, there were only more jobs than one check can read.
			if (this.trouble) wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS);
		}
		for (const id of [...this.unseen]) this.end(id, this.trouble ?? this.notRead(id));
	}

	private async checkOnce() {
		const jobs = [...this.unseen].map((id) => this.pending.get(id)!);
		const { ended, pending, unseen, trouble } = await checkJobs(this.ctx, jobs, CHECK_MS);
		for (const [id, job] of pending) this.pending.set(id, job);
		for (const [id, waited] of ended) this.end(id, waited);
		// The jobs that were tried come last the next time.
		this.unseen = new Set([...pending.keys()].filter((id) => unseen.has(id)));
		this.trouble = trouble;
	}

	end(id: string, waited: Waited) {
		this.ended.set(id, waited);
		this.pending.delete(id);
		this.unseen.delete(id);
	}

	private notRead(id: string) {
		return new NodeOperationError(this.ctx.getNode(), `Job ${id} could not be read in time`, {
			description: "Increase 'Timeout' in the options, or read the job later with 'Job: Get'.",
		});
	}
}
