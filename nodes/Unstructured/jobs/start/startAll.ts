import type { IExecuteFunctions } from 'n8n-workflow';
import type { Job } from '../../api/jobs';
import type { ItemResults } from '../../items/itemResults';
import { JobReturner, type ReturnOptions } from '../wait/returnJob';
import { waitForEach } from '../wait/waitForEach';
import type { Waited, WaitOptions } from '../wait/waitForJobs';

/** A started job, and what it was started for. */
export interface StartedJob<Wanted> {
	wanted: Wanted;
	job: Job;
}

/**
 * Starts jobs one after the other. One that can't be started fails its own items.
 * @param start starts a job, or returns one that is active already
 * @param isOwn whether a job was started here, and not by another client
 */
export async function startEach<Wanted extends { items: number[] }>(
	results: ItemResults,
	all: Wanted[],
	start: (wanted: Wanted) => Promise<Job>,
	isOwn: (job: Job) => boolean = () => true,
): Promise<Array<StartedJob<Wanted>>> {
	const started: Array<StartedJob<Wanted>> = [];
	for (const wanted of all) {
		try {
			const job = await start(wanted);
			if (isOwn(job)) results.noteStarted(job.id);
			started.push({ wanted, job });
		} catch (error) {
			results.fail(wanted.items, error);
		}
	}
	return started;
}

/** How jobs are started and returned. */
interface StartAll<Wanted> {
	/** Starts a job, or returns one that is active already. */
	start: (wanted: Wanted) => Promise<Job>;
	/** Whether a job was started here, and not by another client. */
	isOwn?: (job: Job) => boolean;
	/** How to wait until a job is finished; undefined to return it as it is. */
	wait: (wanted: Wanted) => WaitOptions | undefined;
	/** How to return a job that was waited for. */
	returnOptions: (wanted: Wanted) => ReturnOptions;
	/** The jobs that had to be waited for before others could start. */
	waited?: ReadonlyMap<string, Waited>;
}

/** Starts jobs, then returns them: at once, or when all of them are finished. */
export async function startAll<Wanted extends { items: number[] }>(
	ctx: IExecuteFunctions,
	results: ItemResults,
	all: Wanted[],
	{ start, isOwn, wait, returnOptions, waited: before = new Map() }: StartAll<Wanted>,
): Promise<void> {
	const started = await startEach(results, all, start, isOwn);
	const awaited = started.flatMap(({ wanted, job }) => {
		const options = wait(wanted);
		return options && !before.has(job.id) ? [{ job, wait: options }] : [];
	});
	const waited = await waitForEach(ctx, awaited, false);
	const returner = new JobReturner(ctx, results);
	for (const { wanted, job } of started) {
		if (!wait(wanted)) {
			returner.notAwaited(wanted.items, job);
			continue;
		}
		const finished = before.get(job.id) ?? waited.get(job.id)!;
		await returner.waited(wanted.items, job.id, finished, returnOptions(wanted));
	}
	await returner.end();
}
