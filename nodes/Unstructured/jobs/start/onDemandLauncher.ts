import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import type { Job } from '../../api/jobs';
import { templatePath } from '../../api/templates';
import { call } from '../../transport/call';
import { pause } from '../../transport/cancel';
import { peekList } from '../../transport/listMembers';
import type { FilePart } from '../../transport/multipart';
import { startJob } from './startJob';

/** A file and the input item that it is from. */
export interface ItemFile {
	item: number;
	file: FilePart;
}

/** What an on-demand job does: a template, or a list of nodes (docs/api-notes.md 4.1). */
export type JobDefinition = { template_id: string } | { job_nodes: unknown[] };

/** One on-demand job to start. */
export interface OnDemandJob {
	definition: JobDefinition;
	files: FilePart[];
	/** The input items whose files it has. */
	items: number[];
}

/** Launches must lie at least a second apart (docs/api-notes.md 4.3); clocks and networks want a little more. */
const LAUNCH_SPACING_MS = 1_100;

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

/** Starts on-demand jobs one after the other, at the distance that the platform asks for. */
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
	 * One cheap read before an upload, in which a wrong key, URL or template shows. Of the jobs, which every kind of account
	 * has, the beginning of a short list is enough.
	 */
	private async preflight(definition: JobDefinition) {
		if ('template_id' in definition) {
			const id = definition.template_id;
			await call(this.ctx, templatePath(id), { subject: { noun: 'template', id } });
		} else {
			const qs = { status: 'SCHEDULED' };
			await call(this.ctx, '/jobs/', { qs, subject: { noun: 'list of jobs' }, read: peekList });
		}
	}

	private async start({ definition, files }: OnDemandJob): Promise<Job> {
		const started = await startJob(this.ctx, {
			path: '/jobs/',
			subject: { noun: 'template or node' },
			fields: { request_data: JSON.stringify(definition) },
			files,
		});
		// Its workflow is made for it alone, so that no other job can be in its way.
		if ('active' in started) throw new NodeOperationError(this.ctx.getNode(), started.active);
		return started.job;
	}
}
