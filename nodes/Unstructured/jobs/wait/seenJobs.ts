import { NodeOperationError, type IExecuteFunctions, type NodeApiError } from 'n8n-workflow';
import { pause } from '../../transport/cancel';
import { lookAtJobs, type KnownJob, type Waited } from './waitForJobs';

const LOOK_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** Jobs that may be parked: each is seen unfinished, or it is known how it ended, or why it can't be read. */
export class SeenJobs {
	readonly ended = new Map<string, Waited>();
	/** Those with a status were seen unfinished. */
	pending: Map<string, KnownJob>;
	private trouble?: NodeApiError;

	constructor(
		private readonly ctx: IExecuteFunctions,
		jobs: KnownJob[],
		private readonly deadline: number,
	) {
		this.pending = new Map(jobs.map((job) => [job.id, job]));
	}

	private get unseen() {
		return [...this.pending.values()].filter(({ status }) => status === undefined);
	}

	/** Checks the jobs again that were seen unfinished: they may be finished by now. */
	async lookAgain() {
		this.pending = new Map(
			[...this.pending].map(([id, job]) => [id, { ...job, status: undefined }]),
		);
		await this.look();
	}

	/** Checks each job that was not seen yet until it is: at least once, and at most until the deadline. */
	async look() {
		let wait = FIRST_PAUSE_MS;
		while (this.unseen.length > 0) {
			const { ended, pending, trouble } = await lookAtJobs(this.ctx, this.unseen, LOOK_MS);
			for (const [id, job] of pending) this.pending.set(id, job);
			for (const [id, waited] of ended) {
				this.ended.set(id, waited);
				this.pending.delete(id);
			}
			this.trouble = trouble;
			if (this.unseen.length === 0 || Date.now() + wait > this.deadline) break;
			await pause(this.ctx, wait);
			wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS);
		}
		for (const { id } of this.unseen) this.fail(id, this.trouble ?? this.notRead(id));
	}

	fail(id: string, reason: NodeApiError | NodeOperationError) {
		this.ended.set(id, reason);
		this.pending.delete(id);
	}

	private notRead(id: string) {
		return new NodeOperationError(this.ctx.getNode(), `Job ${id} could not be read in time`, {
			description: "Increase 'Timeout' in the options, or read the job later with 'Job: Get'.",
		});
	}
}
