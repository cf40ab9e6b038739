import type { IExecuteFunctions } from 'n8n-workflow';
import type { Job } from '../../api/jobs';
import type { ItemResults } from '../../items/itemResults';
import { returnJob, type ReturnOptions } from '../wait/returnJob';
import { longest, waitForJobs, type Waited, type WaitOptions } from '../wait/waitForJobs';

/** How jobs are started and given out. */
interface StartAll<Wanted> {
	/** Starts a job, or gives one that goes on already. */
	start: (wanted: Wanted) => Promise<Job>;
	/** Whether a job was started here, and is no one else's. */
	isOwn: (job: Job) => boolean;
	/** How to wait until a job is finished; undefined to return it as it is. */
	wait: (wanted: Wanted) => WaitOptions | undefined;
	/** How a job that was waited for comes out. */
	returnOptions: (wanted: Wanted) => ReturnOptions;
	/** What became of those jobs that had to be waited for before others could start. */
	waited?: ReadonlyMap<string, Waited>;
}

/**
 * Starts jobs one after the other, then gives them out: at once, or when all of them have ended. One that cannot be started
 * fails its own items.
 */
export async function startAll<Wanted extends { items: number[] }>(
	ctx: IExecuteFunctions,
	results: ItemResults,
	all: Wanted[],
	{ start, isOwn, wait, returnOptions, waited: before = new Map() }: StartAll<Wanted>,
): Promise<void> {
	const started: Array<{ wanted: Wanted; job: Job }> = [];
	for (const wanted of all) {
		try {
			const job = await start(wanted);
			if (isOwn(job)) results.noteStarted(job.id);
			started.push({ wanted, job });
		} catch (error) {
			results.fail(wanted.items, error);
		}
	}
	const options = new Map<string, WaitOptions>();
	for (const { wanted, job } of started) {
		const asked = wait(wanted);
		if (asked) options.set(job.id, longest(asked, options.get(job.id)));
	}
	const unknown = [...new Map(started.map(({ job }) => [job.id, job])).values()].filter(
		({ id }) => options.has(id) && !before.has(id),
	);
	const waited = await waitForJobs(ctx, unknown, (id) => options.get(id)!, false);
	for (const { wanted, job } of started) {
		if (!wait(wanted)) {
			results.addJob(wanted.items, job);
			continue;
		}
		const finished = before.get(job.id) ?? waited.get(job.id)!;
		await returnJob(ctx, results, wanted.items, finished, returnOptions(wanted));
	}
}
