import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { cleanFileName } from '../shared/fileNames';
import { MultipartForm, type FilePart } from '../transport/multipart';
import { pathSegment } from '../transport/pathSegment';
import { call, pause } from '../transport/request';
import type { Job } from './job';
import { serverClock } from './serverClock';
import { startJob } from './start';

/** A file and the input item that it is from. */
export interface ItemFile {
	item: number;
	file: FilePart;
}

/** What an on-demand job does: a template, or a list of nodes (unstructured-api.md 5.1). */
export type JobDefinition = { template_id: string } | { job_nodes: unknown[] };

/** One on-demand job to start. */
export interface OnDemandJob {
	definition: JobDefinition;
	files: FilePart[];
	/** The input items whose files it has. */
	items: number[];
}

/** Launches must lie at least a second apart (unstructured-api.md 5.2); clocks and networks want a little more. */
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

	private readonly ownJobs = new Set<string>();

	constructor(private readonly ctx: IExecuteFunctions) {}

	/** Throws a NodeApiError or NodeOperationError that says what to do. */
	async launch(wanted: OnDemandJob): Promise<Job> {
		const clock = await this.preflight(wanted.definition);
		await pause(this.ctx, this.lastLaunch + LAUNCH_SPACING_MS - Date.now());
		try {
			return await this.start(wanted, clock());
		} finally {
			this.lastLaunch = Date.now();
		}
	}

	/** One cheap read before an upload: a wrong key or template shows here. Gives the server's clock. */
	private async preflight(definition: JobDefinition) {
		const template = 'template_id' in definition ? definition.template_id : undefined;
		const { headers } = template
			? await call(this.ctx, `/templates/${pathSegment(template)}`, {
					subject: { noun: 'template', id: template },
				})
			: await call(this.ctx, '/templates/', { subject: { noun: 'list of templates' } });
		return serverClock(headers.date);
	}

	private async start({ definition, files }: OnDemandJob, since: number): Promise<Job> {
		const form = () => {
			const made = new MultipartForm();
			made.append('request_data', JSON.stringify(definition));
			for (const file of files) made.append('input_files', file);
			return made;
		};
		const started = await startJob(this.ctx, {
			path: '/jobs/',
			subject: { noun: 'template or the nodes' },
			form,
			fileNames: files.map(({ name }) => cleanFileName(name)),
			bytes: files.reduce((sum, { size }) => sum + size, 0),
			since,
			ownJobs: this.ownJobs,
		});
		// Its workflow is made for it alone, so that no other job can be in its way.
		if ('active' in started) throw new NodeOperationError(this.ctx.getNode(), started.active);
		this.ownJobs.add(started.job.id);
		return started.job;
	}
}
