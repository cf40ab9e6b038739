import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { cleanFileName } from '../shared/fileNames';
import { readWorkflow, workflowPath } from '../shared/workflows';
import { MultipartForm, type FilePart } from '../transport/multipart';
import { pause } from '../transport/request';
import { findActiveJob, type Job } from './job';
import { serverTime } from './serverTime';
import { startJob } from './start';
import { isFinal } from './status';
import { waitForJobs, type Waited, type WaitOptions } from './wait';

/** What to do about a job that somebody else started. */
export type IfActive = 'error' | 'wait' | 'attach';

/** One job to start. */
export interface RunGroup {
	workflowId: string;
	/** The person wants files to be sent. */
	withFiles: boolean;
	files: FilePart[];
	/** The input items that it is made from. */
	items: number[];
}

interface Preflight {
	name: string;
	/** Unix milliseconds on the server's clock. */
	serverTime: number;
}

/** How often a workflow may say that a job is active while none is in the list. */
const MOST_REFUSALS = 4;

function formOf(files: FilePart[]) {
	const form = new MultipartForm();
	for (const file of files) form.append('input_files', file);
	return form;
}

/**
 * Runs workflows one after the other. A workflow allows one active job at a time, so a second run of the same one
 * waits for the first.
 */
export class WorkflowRunner {
	/** What became of jobs that were waited for before the next one of the same workflow. */
	readonly waited = new Map<string, Waited>();

	private readonly lastJob = new Map<string, Job>();

	private readonly ownJobs = new Set<string>();

	constructor(
		private readonly ctx: IExecuteFunctions,
		private readonly options: WaitOptions & { ifActive: IfActive },
	) {}

	/** Starts a job, or gives the active one. Throws a NodeApiError or NodeOperationError that says what to do. */
	async run(group: RunGroup): Promise<Job> {
		const { name, serverTime: since } = await this.preflight(group);
		await this.waitForOwnJob(group.workflowId, name);
		const job = await this.startOrAttach(group, name, since);
		this.lastJob.set(group.workflowId, job);
		this.ownJobs.add(job.id);
		return job;
	}

	/** Those of the jobs that have not been waited for yet. */
	jobsToWaitFor(started: Array<{ jobId: string }>): Job[] {
		const jobs = [...this.lastJob.values()];
		return jobs.filter(
			({ id }) => !this.waited.has(id) && started.some(({ jobId }) => jobId === id),
		);
	}

	/** One cheap read before an upload: a wrong key or workflow shows here, and whether files belong to it. */
	private async preflight({ workflowId, withFiles }: RunGroup): Promise<Preflight> {
		const { json, headers } = await readWorkflow(this.ctx, workflowId);
		const name = typeof json.name === 'string' ? json.name : workflowId;
		const hasSource = Array.isArray(json.sources) ? json.sources.length > 0 : undefined;
		if (hasSource === true && withFiles) {
			throw new NodeOperationError(
				this.ctx.getNode(),
				`The workflow '${name}' reads its files from a source connector`,
				{
					description:
						"It takes no files from here. Turn off 'Send Input Files' to run it, or choose a workflow whose source is 'Local'",
				},
			);
		}
		if (hasSource === false && !withFiles) {
			throw new NodeOperationError(
				this.ctx.getNode(),
				`The workflow '${name}' has no source connector and needs files`,
				{
					description:
						"Turn on 'Send Input Files', or choose a workflow that has a source connector",
				},
			);
		}
		return { name, serverTime: serverTime(headers.date) };
	}

	private async waitForOwnJob(workflowId: string, name: string) {
		const own = this.lastJob.get(workflowId);
		if (!own || isFinal(own.status)) return;
		const before = this.waited.get(own.id);
		if (before && !(before instanceof Error)) return;
		// A job that was waited for in vain gets one more look for each further item, not the whole time again.
		const options = before ? { ...this.options, timeout: 0 } : this.options;
		const now = (await waitForJobs(this.ctx, [own], options, before !== undefined)).get(own.id)!;
		const waited = now instanceof Error ? (before ?? now) : now;
		this.waited.set(own.id, waited);
		if (!(waited instanceof Error)) return;
		throw new NodeOperationError(
			this.ctx.getNode(),
			`No job was started for this item: job ${own.id} of '${name}', started before it, has not ended`,
			{ description: `${waited.message}. ${waited.description ?? ''}` },
		);
	}

	private async startOrAttach(group: RunGroup, name: string, since: number): Promise<Job> {
		const { ifActive, timeout, pollInterval } = this.options;
		const deadline = Date.now() + timeout * 1000;
		// Looking before the upload saves sending files that a busy workflow would refuse.
		let active = ifActive === 'error' ? undefined : await findActiveJob(this.ctx, group.workflowId);
		for (let refusals = 1; ; refusals++) {
			if (active && ifActive === 'attach') return active;
			if (active) await this.waitForOthersJob(active, name, deadline);
			const started = await this.start(group, since);
			if ('job' in started) return started.job;

			active = await findActiveJob(this.ctx, group.workflowId);
			const othersActive = active && !this.ownJobs.has(active.id);
			const ownJustEnded = this.lastJob.has(group.workflowId) && !othersActive;
			const isInvisible = !active && refusals >= MOST_REFUSALS;
			if ((ifActive === 'error' && !ownJustEnded) || isInvisible || Date.now() > deadline) {
				throw this.activeError(name, active, started.active);
			}
			// Between two looks the active job may end: then the next start works.
			if (!active || ownJustEnded) await pause(this.ctx, pollInterval * 1000);
			if (ownJustEnded) active = undefined;
		}
	}

	private async start({ workflowId, files }: RunGroup, since: number) {
		return await startJob(this.ctx, {
			path: `${workflowPath(workflowId)}/run`,
			subject: { noun: 'workflow', id: workflowId },
			workflowId,
			form: files.length > 0 ? () => formOf(files) : undefined,
			fileNames: files.map(({ name }) => cleanFileName(name)),
			bytes: files.reduce((sum, { size }) => sum + size, 0),
			since,
			ownJobs: this.ownJobs,
		});
	}

	private async waitForOthersJob(active: Job, name: string, deadline: number) {
		const timeout = Math.max(0, deadline - Date.now()) / 1000;
		const waited = (await waitForJobs(this.ctx, [active], { ...this.options, timeout })).get(
			active.id,
		)!;
		if (!(waited instanceof Error)) return;
		throw new NodeOperationError(
			this.ctx.getNode(),
			`The workflow '${name}' did not become free within ${this.options.timeout} seconds, so no job was started`,
			{
				description: `Its active job is ${active.id}. Raise 'Timeout' in the options, or cancel that job with 'Job: Cancel'`,
			},
		);
	}

	private activeError(name: string, active: Job | undefined, said: string) {
		const which = active
			? `Job ${active.id} is ${String(active.status)}`
			: `Unstructured said: ${said}`;
		return new NodeOperationError(
			this.ctx.getNode(),
			`The workflow '${name}' already has an active job, so none was started`,
			{
				description: `${which}. A workflow runs one job at a time. In the options, set 'If a Job Is Active' to wait for it or to continue with it, or cancel it with 'Job: Cancel'`,
			},
		);
	}
}
