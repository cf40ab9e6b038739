import { randomBytes, randomUUID } from 'node:crypto';
import { extname } from 'node:path';
import { duration, timestamp, type Clock } from './clock.mjs';
import type { EmulatorOptions } from './options.mjs';
import type { ReceivedFile } from './intake.mjs';
import type { Workflow, WorkflowNode } from './workflows.mjs';

export interface JobFile extends ReceivedFile {
	fileId: string;
	/** Why this file failed, when it did. */
	error?: string;
}

export interface Job {
	id: string;
	workflowId: string;
	workflowName: string;
	nodes: Array<WorkflowNode & { id: string }>;
	/** Null for a workflow that reads from a source connector. */
	files: JobFile[] | null;
	/** Unix milliseconds of the emulator's clock. */
	createdAt: number;
	startsAt: number;
	endsAt: number;
	outcome: string;
	/** A status set by a test, or STOPPED after a cancel. */
	forced?: string;
	type: string;
	onDemand: boolean;
}

const FINAL = ['COMPLETED', 'FAILED', 'STOPPED'];
const PARALLEL_ON_DEMAND = 5;
/** The part of a job's time in which it is still SCHEDULED. */
const SCHEDULED_PART = 0.2;

/** `2507.13305v1 a.pdf` -> `250713305v1-a-<8 hex>.pdf` (unstructured-api.md 5.3). */
function fileId(name: string): string {
	const base = name.split(/[/\\]/).at(-1) ?? '';
	const extension = extname(base);
	const stem = base
		.slice(0, base.length - extension.length)
		.replace(/\./g, '')
		.replace(/\s+/g, '-');
	return `${stem}-${randomBytes(4).toString('hex')}${extension}`;
}

/** All jobs. Their state is computed from the clock when it is asked for, so that thousands of them cost nothing. */
export class Jobs {
	private readonly jobs = new Map<string, Job>();

	constructor(
		private readonly clock: Clock,
		private readonly options: EmulatorOptions,
	) {}

	clear() {
		this.jobs.clear();
	}

	get(id: string) {
		return this.jobs.get(id);
	}

	/** Newest first. */
	list(): Job[] {
		return [...this.jobs.values()].reverse();
	}

	create(workflow: Workflow, files: ReceivedFile[] | null, onDemand = false): Job {
		const now = this.clock.now();
		const startsAt = onDemand ? this.freeSlot(now) : now;
		const id = randomUUID();
		const job: Job = {
			id,
			workflowId: workflow.id,
			workflowName: workflow.name,
			nodes: workflow.workflow_nodes.map((node) => ({ ...node, id: node.id ?? randomUUID() })),
			files: files?.map((file) => ({ ...file, fileId: fileId(file.fileName) })) ?? null,
			createdAt: now,
			startsAt,
			endsAt: startsAt + this.options.jobSeconds * 1000,
			outcome: this.options.outcome,
			type: 'ephemeral',
			onDemand,
		};
		this.jobs.set(id, job);
		return job;
	}

	status(job: Job): string {
		const now = this.clock.now();
		if (job.forced) return job.forced;
		if (now >= job.endsAt) return job.outcome;
		const scheduled = job.startsAt + (job.endsAt - job.startsAt) * SCHEDULED_PART;
		return now < scheduled ? 'SCHEDULED' : 'IN_PROGRESS';
	}

	isFinal(job: Job) {
		return FINAL.includes(this.status(job));
	}

	active(workflowId: string): Job | undefined {
		return this.list().find((job) => job.workflowId === workflowId && !this.isFinal(job));
	}

	stop(job: Job) {
		job.forced = 'STOPPED';
		job.endsAt = this.clock.now();
	}

	/** The job as the API gives it. `read` is false for the answer that created it, which is never shortened. */
	toJson(job: Job, read = true) {
		const status = this.status(job);
		const runtime = FINAL.includes(status) ? duration((job.endsAt - job.startsAt) / 1000) : null;
		const lists = {
			runtime,
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
			status,
			created_at: timestamp(job.createdAt),
			...(read && this.options.omitOptionalJobKeys ? {} : lists),
			job_type: job.type,
		};
	}

	/** At most five on-demand jobs run at once; further ones wait for a place. */
	private freeSlot(now: number): number {
		const ends = this.list()
			.filter((job) => job.onDemand && !this.isFinal(job))
			.map((job) => job.endsAt)
			.sort((a, b) => b - a);
		return ends.length < PARALLEL_ON_DEMAND ? now : ends[PARALLEL_ON_DEMAND - 1];
	}
}
