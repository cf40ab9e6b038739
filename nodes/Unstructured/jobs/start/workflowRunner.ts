import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { findJob, type Job, type JobFilter } from '../../api/jobs';
import { isActive, isFinal } from '../../api/jobStatus';
import { readWorkflow, workflowPath } from '../../api/workflows';
import { pause } from '../../transport/cancel';
import type { FilePart } from '../../transport/multipart';
import { joinSentences } from '../../transport/sentences';
import { isUuid } from '../../transport/subject';
import type { ReturnOptions } from '../wait/returnJob';
import {
	LONGEST_INTERVAL_MS,
	waitForJobs,
	type Waited,
	type WaitOptions,
} from '../wait/waitForJobs';
import { startJob } from './startJob';

/** What to do about an active job that another client started. */
export type IfActive = 'error' | 'wait' | 'attach';

/** One job to start. */
export interface RunGroup {
	workflowId: string;
	/** Whether files are to be sent. */
	withFiles: boolean;
	files: FilePart[];
	ifActive: IfActive;
	/** How to return the job after waiting for it. */
	returnOptions: ReturnOptions;
	/** The input items of the job. */
	items: number[];
	/** How long to wait for an active job, and then for the new one. */
	wait: WaitOptions;
}

interface Checked {
	/** The UUID, by which jobs name the workflow, even if it was selected by its key. */
	id: string;
	name: string;
}

/** The active job that blocks a run, or why the list that would show it could not be read. */
interface Found {
	job?: Job;
	unknown?: NodeApiError;
}

/** In the order in which a job passes them, so a job that changes between two reads is seen. */
const ACTIVE_STATUSES = ['SCHEDULED', 'IN_PROGRESS'];

/** How often the server may report an active job that can't be found. */
const MOST_REFUSALS = 4;

const checkKey = ({ workflowId, withFiles }: RunGroup) => `${workflowId} ${withFiles}`;

/**
 * Runs workflows one after the other. A workflow allows one active job at a time, so a second run of the same one
 * waits for the first.
 */
export class WorkflowRunner {
	/** The jobs that were waited for before the next one of the same workflow could start. */
	readonly waited = new Map<string, Waited>();

	private readonly checked = new Map<string, Checked>();

	/** The newest own job of each workflow, and how long to wait for it. */
	private readonly lastJob = new Map<string, { job: Job; wait: WaitOptions }>();

	/** The jobs that this node started. Attached jobs are not among them. */
	readonly ownJobs = new Set<string>();

	constructor(private readonly ctx: IExecuteFunctions) {}

	/**
	 * Reads the workflow before anything is uploaded. This reveals a wrong key or ID, and whether the workflow accepts files.
	 * Throws a NodeApiError or NodeOperationError that says what to change.
	 */
	async check(group: RunGroup) {
		const { workflowId, withFiles } = group;
		if (this.checked.has(checkKey(group))) return;
		const { json } = await readWorkflow(this.ctx, workflowId);
		const name = typeof json.name === 'string' ? json.name : workflowId;
		const hasSource = Array.isArray(json.sources) ? json.sources.length > 0 : withFiles === false;
		if (hasSource && withFiles) {
			throw new NodeOperationError(
				this.ctx.getNode(),
				`The workflow '${name}' reads its files from a source connector`,
				{
					description:
						"It accepts no files from n8n. Use 'Unstructured Workflow: Run' with 'Send Input Files' turned off, or select a workflow without a source connector.",
				},
			);
		}
		if (!hasSource && !withFiles) {
			throw new NodeOperationError(
				this.ctx.getNode(),
				`The workflow '${name}' has no source connector and needs files`,
				{
					description:
						"Turn on 'Send Input Files', or select a workflow that has a source connector.",
				},
			);
		}
		// A workflow that was named by its UUID is run by it, whatever record was returned.
		const id = isUuid(workflowId) ? workflowId : String(json.id);
		this.checked.set(checkKey(group), { id, name });
	}

	/**
	 * Starts a job of a checked workflow, or returns the active one. Throws a NodeApiError or NodeOperationError that says what
	 * to do.
	 */
	async run(group: RunGroup): Promise<Job> {
		const checked = this.checked.get(checkKey(group))!;
		await this.waitForOwnJob(checked.id, checked.name);
		return await this.startOrAttach({ ...group, workflowId: checked.id }, checked);
	}

	private async waitForOwnJob(workflowId: string, name: string) {
		const last = this.lastJob.get(workflowId);
		if (!last) return;
		const { job: own, wait } = last;
		const before = this.waited.get(own.id);
		if (before && !(before instanceof Error)) return;
		// A job that timed out gets one more check for each further item, not the full timeout again.
		const options = before ? { ...wait, timeout: 0 } : wait;
		const now = (await waitForJobs(this.ctx, [own], options, before !== undefined)).get(own.id)!;
		const waited = now instanceof Error ? (before ?? now) : now;
		this.waited.set(own.id, waited);
		if (!(waited instanceof Error)) return;
		throw new NodeOperationError(
			this.ctx.getNode(),
			`Job ${own.id} of '${name}' is not finished, so no other job was started`,
			{ description: joinSentences(waited.message, waited.description) },
		);
	}

	private async startOrAttach(group: RunGroup, checked: Checked): Promise<Job> {
		const { workflowId, ifActive, wait } = group;
		const deadline = Date.now() + wait.timeout * 1000;
		// A check before the upload saves sending files that a busy workflow would reject.
		let { job: active } = ifActive === 'error' ? {} : await this.findActive(workflowId);
		for (let refusals = 1; ; refusals++) {
			if (active && ifActive === 'attach') return active;
			if (active) await this.waitForOthersJob(active, checked.name, deadline, wait);
			const started = await this.start(group);
			if ('job' in started) return started.job;

			// The server reports an active job: it may be any job that is not known to be finished.
			const found = await this.findUnfinished(workflowId);
			active = found.job;
			const isOwn = active ? this.ownJobs.has(active.id) : this.lastJob.has(workflowId);
			const maySoonWork = refusals < MOST_REFUSALS && (isOwn || ifActive === 'attach');
			if (Date.now() >= deadline || !(ifActive === 'wait' || maySoonWork)) {
				throw this.activeError(checked.name, found, started.active, ifActive);
			}
			if (active && !isOwn && ifActive === 'attach') continue;
			if (isOwn) active = undefined;
			const grown = wait.pollInterval * 1000 * 1.5 ** (refusals - 1);
			await pause(this.ctx, Math.min(grown, LONGEST_INTERVAL_MS, deadline - Date.now()));
		}
	}

	/** Returns the active job if a list shows it. If none does, the server itself rejects the run. */
	private async findActive(workflowId: string): Promise<Found> {
		for (const status of ACTIVE_STATUSES) {
			const found = await this.find({ workflow_id: workflowId, status }, isActive);
			if (found.job) return found;
			if (found.unknown) break;
		}
		return {};
	}

	private async findUnfinished(workflowId: string): Promise<Found> {
		const { job } = await this.findActive(workflowId);
		if (job) return { job };
		return await this.find({ workflow_id: workflowId }, (status) => !isFinal(status));
	}

	/** Never fails because of the API: the list only helps, and the server has the last word. */
	private async find(filter: JobFilter, isWanted: (status: unknown) => boolean): Promise<Found> {
		try {
			return { job: await findJob(this.ctx, filter, isWanted) };
		} catch (error) {
			if (!(error instanceof NodeApiError)) throw error as NodeOperationError;
			return { unknown: error };
		}
	}

	private async start({ workflowId, files, wait }: RunGroup) {
		const started = await startJob(this.ctx, {
			path: `${workflowPath(workflowId)}/run`,
			subject: { noun: 'workflow', id: workflowId },
			workflowId,
			files,
		});
		if ('job' in started) {
			this.lastJob.set(workflowId, { job: started.job, wait });
			this.ownJobs.add(started.job.id);
		}
		return started;
	}

	private async waitForOthersJob(active: Job, name: string, deadline: number, wait: WaitOptions) {
		const timeout = Math.max(0, deadline - Date.now()) / 1000;
		const options = { ...wait, timeout };
		const waited = (await waitForJobs(this.ctx, [active], options)).get(active.id)!;
		if (!(waited instanceof Error)) return;
		if (waited instanceof NodeApiError) {
			// A deleted job blocks nothing.
			if (waited.httpCode === '404') return;
			throw waited;
		}
		throw new NodeOperationError(
			this.ctx.getNode(),
			`The workflow '${name}' was still busy after ${wait.timeout} seconds, so no job was started`,
			{
				description: `Its active job is ${active.id}. Increase 'Timeout (Seconds)' in the options, or cancel that job with 'Job: Cancel'.`,
			},
		);
	}

	private activeError(name: string, found: Found, said: string, ifActive: IfActive) {
		const { job: active, unknown } = found;
		const which = active
			? `Job ${active.id} is ${String(active.status)}`
			: joinSentences(
					`Unstructured said: ${said}`,
					unknown && `The active job could not be identified: ${unknown.message}`,
				);
		const choice =
			ifActive === 'error'
				? "In the options, set 'If a Job Is Active' to wait for the job or to return it. Or cancel it with 'Job: Cancel'."
				: "Run this node again when the job is finished, or cancel the job with 'Job: Cancel'.";
		return new NodeOperationError(
			this.ctx.getNode(),
			`The workflow '${name}' already has an active job, so none was started`,
			{ description: joinSentences(which, 'A workflow runs one job at a time', choice) },
		);
	}
}
