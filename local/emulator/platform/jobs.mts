import { randomUUID } from 'node:crypto';
import { duration, type Clock } from './clock.mjs';
import { failureOf } from '../elements/parseFile.mjs';
import type { ReceivedFile } from '../wire/receiveForm.mjs';
import { jobFiles, normalStatus, type Job, type JobFile } from './job.mjs';
import type { EmulatorOptions } from './options.mjs';
import type { Outcomes } from './outcomes.mjs';
import { isEnd, passedEvents, type JobEvent } from './jobEvents.mjs';
import { assignOnDemandPlaces } from './onDemandPlaces.mjs';
import type { Workflow } from './workflows.mjs';

/** The share of a job's time in which it is SCHEDULED. */
const SCHEDULED_PART = 0.2;

/** All jobs. Their state is calculated from the clock only when needed, so thousands of them cost nothing. */
export class Jobs {
	private readonly jobs = new Map<string, Job>();

	/** The jobs that may still send an event. */
	private readonly open = new Set<Job>();

	constructor(
		private readonly clock: Clock,
		private readonly options: EmulatorOptions,
		private readonly outcomes: Outcomes,
	) {}

	clear() {
		this.jobs.clear();
		this.open.clear();
	}

	get(id: string) {
		return this.jobs.get(id);
	}

	/** Newest first. */
	list(): Job[] {
		return [...this.jobs.values()].reverse();
	}

	/** Starts a job. `files` is null for a workflow that reads from a source connector. */
	create(workflow: Workflow, files: ReceivedFile[] | null, onDemand = false): Job {
		const { outcome = this.options.outcome, failedFiles } = this.outcomes.take(workflow.id) ?? {};
		const takesMs = this.options.jobSeconds * 1000;
		const startsAt = onDemand ? Infinity : this.clock.now();
		const job: Job = {
			id: randomUUID(),
			workflowId: workflow.id,
			workflowName: workflow.name,
			nodes: workflow.workflow_nodes,
			files: files && jobFiles(files, failedFiles),
			delivered: workflow.destinations.length > 0,
			createdAt: this.clock.stamp(),
			startsAt,
			endsAt: startsAt + takesMs,
			takesMs,
			outcome,
			type: 'ephemeral',
			onDemand,
		};
		this.jobs.set(job.id, job);
		this.open.add(job);
		this.assignPlaces(job);
		return job;
	}

	status(job: Job): string {
		const now = this.clock.now();
		if (job.forced !== undefined) return job.forced;
		if (now >= job.endsAt) return job.outcome;
		const scheduled = job.startsAt + (job.endsAt - job.startsAt) * SCHEDULED_PART;
		return now < job.startsAt || now < scheduled ? 'SCHEDULED' : 'IN_PROGRESS';
	}

	/** Returns the status in the platform's spelling, or as a test set it. */
	state(job: Job): string {
		return normalStatus(this.status(job));
	}

	isFinal(job: Job) {
		return isEnd(this.state(job));
	}

	active(workflowId: string): Job | undefined {
		return this.list().find((job) => job.workflowId === workflowId && !this.isFinal(job));
	}

	stop(job: Job) {
		job.forced = 'STOPPED';
		job.endsAt = this.clock.now();
		this.assignPlaces(job);
	}

	/** Applies the changes of a test: the status from now on, the seconds until the end, the final status. */
	change(job: Job, to: { status?: string; endsIn?: number; outcome?: string }) {
		const now = this.clock.now();
		if (to.status !== undefined) job.forced = to.status;
		if (to.outcome !== undefined) job.outcome = to.outcome;
		this.open.add(job);
		if (to.endsIn !== undefined) {
			job.startsAt = Math.min(job.startsAt, now);
			job.endsAt = now + to.endsIn * 1000;
		}
		if (job.forced !== undefined && this.isFinal(job)) job.endsAt = Math.min(job.endsAt, now);
		this.assignPlaces(job);
	}

	/** Returns what happened since the last call. */
	takeEvents(): JobEvent[] {
		return [...this.open].flatMap((job) => {
			const state = this.state(job);
			const events = passedEvents(job, state);
			job.announced = state;
			if (isEnd(state)) this.open.delete(job);
			return events.map((event) => ({ event, job }));
		});
	}

	/** Returns why a file failed, or null. Files are read only when needed, so thousands of jobs cost nothing. */
	async failure(file: JobFile): Promise<string | null> {
		if (file.error === undefined) file.error = await failureOf(file);
		return file.error;
	}

	/** Returns the failed files of a job: only after its end, and all of them if the job failed. */
	async failedFiles(job: Job): Promise<Array<JobFile & { error: string }>> {
		if (!this.isFinal(job) || this.state(job) === 'STOPPED') return [];
		const all = this.state(job) === 'FAILED' ? 'The job failed before this file was done.' : null;
		const failed: Array<JobFile & { error: string }> = [];
		for (const file of job.files ?? []) {
			const error = all ? (file.error ?? all) : await this.failure(file);
			if (error !== null) failed.push({ ...file, error });
		}
		return failed;
	}

	/** Returns the job in the format of the API. `read` is false for the response that created it, which is never shortened. */
	toJson(job: Job, read = true) {
		const ran = Math.max(0, (job.endsAt - job.startsAt) / 1000);
		const lists = {
			runtime: this.isFinal(job) ? duration(ran) : null,
			input_file_ids: job.files?.map((file) => file.fileId) ?? null,
			output_node_files:
				job.files?.flatMap((file) =>
					job.nodes.map((node) => ({
						node_id: node.id,
						file_id: file.fileId,
						node_type: node.type,
						node_subtype: node.subtype,
					})),
				) ?? null,
		};
		return {
			id: job.id,
			workflow_id: job.workflowId,
			workflow_name: job.workflowName,
			status: this.status(job),
			created_at: job.createdAt,
			...(read && this.options.omitOptionalJobKeys ? {} : lists),
			job_type: job.type,
		};
	}

	private assignPlaces(changed: Job) {
		if (!changed.onDemand) return;
		const waiting = [...this.jobs.values()].filter((job) => job.onDemand && !this.isFinal(job));
		assignOnDemandPlaces(waiting, this.clock.now());
	}
}
