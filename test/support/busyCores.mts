import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Keeps every core busy while `work` runs, like many parallel executions. */
export async function withBusyCores<Result>(work: () => Promise<Result>): Promise<Result> {
	const workers = Array.from(
		{ length: availableParallelism() },
		() => new Worker('for (;;) Math.sqrt(Math.random());', { eval: true }),
	);
	try {
		return await work();
	} finally {
		await Promise.all(workers.map((worker) => worker.terminate()));
	}
}
