import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Job } from '../../api/jobs';
import { templatePath } from '../../api/templates';
import { call } from '../../transport/call';
import { pause } from '../../transport/cancel';
import { peekList } from '../../transport/listMembers';
import type { FilePart } from '../../transport/multipart';
import type { Subject } from '../../transport/subject';
import { startJob } from './startJob';

/** A file and its input item. */
export interface ItemFile {
	item: number;
	file: FilePart;
}

/** The processing of an on-demand job: a template, or a list of nodes (docs/api-notes.md 4.1). */
export type JobDefinition = { template_id: string } | { job_nodes: unknown[] };

/** One on-demand job to start. */
export interface OnDemandJob {
	definition: JobDefinition;
	files: FilePart[];
	/** The input items of its files. */
	items: number[];
}

/** On-demand jobs must start at least a second apart (docs/api-notes.md 4.3). The rest allows for clocks and networks. */
const LAUNCH_SPACING_MS = 1_100;

const subjectOf = (definition: JobDefinition): Subject =>
	'template_id' in definition
		? { noun: 'template', id: definition.template_id }
		: { noun: 'list of nodes' };

/** Splits files into jobs of at most `filesPerJob`, in order. */
export function splitIntoJobs(
	definition: JobDefinition,
	files: ItemFile[],
	filesPerJob: number,
): OnDemandJob[] {
	const jobs: OnDemandJob[] = [];
	for (let at = 0; at < files.length; at += filesPerJob) {
		const part = files.slice(at, at + filesPerJob);
		jobs.push({
			definition,
			files: part.map(({ file }) => file),
			items: [...new Set(part.map(({ item }) => item))],
		});
	}
	return jobs;
}

/** Starts on-demand jobs one after the other, as far apart as the platform requires. */
export class OnDemandLauncher {
	private lastLaunch = -Infinity;

	constructor(private readonly ctx: IExecuteFunctions) {}

	/** Throws a NodeApiError or NodeOperationError that says what to do. */
	async launch(wanted: OnDemandJob): Promise<Job> {
		await this.preflight(wanted.definition);
		await pause(this.ctx, this.lastLaunch + LAUNCH_SPACING_MS - Date.now());
		try {
			return await this.start(wanted);
		} finally {
			this.lastLaunch = Date.now();
		}
	}

	/**
	 * Reads something small before an upload, which reveals a wrong key, URL, or template. Without a template, it reads the
	 * beginning of a short list of jobs, which every kind of account has.
	 */
	private async preflight(definition: JobDefinition) {
		if ('template_id' in definition) {
			const path = templatePath(definition.template_id);
			await call(this.ctx, path, { subject: subjectOf(definition) });
		} else {
			const qs = { status: 'SCHEDULED' };
			await call(this.ctx, '/jobs/', { qs, subject: { noun: 'list of jobs' }, read: peekList });
		}
	}

	private async start({ definition, files }: OnDemandJob): Promise<Job> {
		const started = await startJob(this.ctx, {
			path: '/jobs/',
			subject: subjectOf(definition),
			fields: { request_data: JSON.stringify(definition) },
			files,
		});
		// An on-demand job has a workflow of its own, so no other job can block it.
		if ('active' in started) throw new NodeOperationError(this.ctx.getNode(), started.active);
		return started.job;
	}
}
