import { setTimeout as delay } from 'node:timers/promises';
import { startEmulator } from '../support/emulator.mjs';
import { runEngine } from '../support/engine.mjs';
import { jsonItems } from '../support/node.mjs';
import type { Sizes } from './options.mjs';
import type { Row } from './table.mjs';

/** The seconds until the first job finishes. */
const FIRST_END = 1;
const POLL_INTERVAL = 3;
/** Less than the shortest pause between checks, and more than the time between the calls of one check. */
const LOOK_GAP_MS = 1_500;

/** The times of the calls of each check, in Unix milliseconds. */
function looksOf(times: number[]): number[][] {
	const looks: number[][] = [];
	for (const time of times) {
		const last = looks.at(-1)?.at(-1);
		if (last === undefined || time - last > LOOK_GAP_MS) looks.push([time]);
		else looks.at(-1)?.push(time);
	}
	return looks;
}

/** Job: Wait for Completion for 500 jobs of one item each that finish one after the other. */
export async function benchWait({ jobs: { count, lastEnd } }: Sizes): Promise<Row[]> {
	const emulator = await startEmulator();
	try {
		const began = Date.now();
		const endsIn = { first: FIRST_END, last: lastEnd };
		const ids = await emulator.addJobs({ count, endsIn });
		const added = Date.now();
		await delay(100);
		const { error, outputs } = await runEngine({
			parameters: { resource: 'job', operation: 'wait', options: { pollInterval: POLL_INTERVAL } },
			items: jsonItems(...ids.map((id) => ({ id }))),
			// In the editor, the files that failed are read too, after the last check.
			mode: 'trigger',
			apiUrl: emulator.url,
			apiKey: emulator.key,
		});
		const ended = Date.now();
		if (error) throw error;
		const completed = outputs[0].filter(({ json }) => json.status === 'COMPLETED').length;
		if (completed !== count)
			throw new Error(`${completed} of ${count} jobs were returned as COMPLETED`);
		const looks = looksOf((await emulator.requests('GET')).map(({ at }) => Date.parse(at)));
		const delays = ids.map((_id, i) => {
			const end = began + 1000 * (FIRST_END + ((lastEnd - FIRST_END) * i) / (count - 1));
			return (looks.find(([look]) => look >= end)?.[0] ?? ended) - end;
		});
		const pauses = looks.slice(1).map(([look], i) => look - looks[i][0]);
		const what = `waiting for ${count} jobs that end within ${lastEnd} s`;
		const interval = { name: 'interval', values: [Math.max(...pauses) / 1000] };
		return [
			{
				kind: 'count',
				what: `${what}: API calls per check`,
				unit: '',
				own: [Math.max(...looks.map(({ length }) => length))],
				peer: { name: 'a call per job', values: [count] },
				goal: { of: 'value', atMost: 3 },
			},
			{
				kind: 'time',
				what: `${what}: longest time from a job's end to the check that sees it`,
				unit: 's',
				own: [Math.max(...delays) / 1000],
				peer: interval,
				goal: { of: 'ratio', atMost: 1 },
			},
			{
				kind: 'time',
				what: `${what}: from the last job's end to its item`,
				unit: 's',
				own: [(ended - added) / 1000 - lastEnd],
				peer: { name: 'last interval', values: [(pauses.at(-1) ?? NaN) / 1000] },
				goal: { of: 'ratio', atMost: 1 },
			},
		];
	} finally {
		await emulator.close();
	}
}
