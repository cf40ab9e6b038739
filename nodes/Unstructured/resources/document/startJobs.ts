import type { IExecuteFunctions } from 'n8n-workflow';
import type { Job } from '../../api/jobs';
import type { ItemResults } from '../../items/itemResults';
import { OnDemandLauncher } from '../../jobs/start/onDemandLauncher';
import { startEach, type StartedJob } from '../../jobs/start/startAll';
import { WorkflowRunner } from '../../jobs/start/workflowRunner';
import type { DocumentJob } from './planJobs';

/** Starts the jobs of documents, on demand or by workflow. */
class DocumentStarter {
	private readonly launcher: OnDemandLauncher;

	private readonly runner: WorkflowRunner;

	constructor(ctx: IExecuteFunctions) {
		this.launcher = new OnDemandLauncher(ctx);
		this.runner = new WorkflowRunner(ctx);
	}

	/** Starts one job. Throws a NodeApiError or NodeOperationError that explains what to do. */
	async start({ processing, files, items, wait }: DocumentJob): Promise<Job> {
		const parts = files.map(({ part }) => part);
		if ('definition' in processing) {
			return await this.launcher.launch({ definition: processing.definition, files: parts, items });
		}
		const returnOptions = { failOnJobFailure: false, includeDetails: false };
		const group = { ...processing, withFiles: true, files: parts, items, wait, returnOptions };
		await this.runner.check(group);
		return await this.runner.run(group);
	}
}

/** Starts the jobs one after the other. One that can't be started fails its own items. */
export async function startJobs(
	ctx: IExecuteFunctions,
	results: ItemResults,
	all: DocumentJob[],
): Promise<Array<StartedJob<DocumentJob>>> {
	const starter = new DocumentStarter(ctx);
	return await startEach(results, all, async (wanted) => await starter.start(wanted));
}
