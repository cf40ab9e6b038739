import type { IExecuteFunctions } from 'n8n-workflow';
import { longest, waitForJobs, type KnownJob, type Waited, type WaitOptions } from './waitForJobs';

/** A job that an item waits for. */
export interface AwaitedJob {
	job: KnownJob;
	wait: WaitOptions;
}

/**
 * Waits for jobs together, so they share their polling. A job that several items wait for is polled once: as long as the
 * longest of their timeouts. See `waitForJobs`.
 */
export async function waitForEach(
	ctx: IExecuteFunctions,
	awaited: AwaitedJob[],
	checkAtOnce: boolean,
): Promise<Map<string, Waited>> {
	const jobs = new Map(awaited.map(({ job }) => [job.id, job]));
	const options = new Map<string, WaitOptions>();
	for (const { job, wait } of awaited) options.set(job.id, longest(wait, options.get(job.id)));
	return await waitForJobs(ctx, [...jobs.values()], (id) => options.get(id)!, checkAtOnce);
}
