import { setTimeout as delay } from 'node:timers/promises';
import { startEmulator } from '../support/emulator.mjs';
import { runEngine } from '../support/engine.mjs';
import { jsonItems } from '../support/node.mjs';
import { printTable } from './table.mjs';

const JOBS = 500;
/** Seconds. */
const FIRST_END = 1;
const LAST_END = 40;
const POLL_INTERVAL = 3;
/** Less than the shortest pause, more than the calls of one look lie apart. */
const LOOK_GAP_MS = 1_500;

/** The times of the calls of each look, in Unix milliseconds. */
function looksOf(times: number[]): number[][] {
	const looks: number[][] = [];
	for (const time of times) {
		const last = looks.at(-1)?.at(-1);
		if (last === undefined || time - last > LOOK_GAP_MS) looks.push([time]);
		else looks.at(-1)?.push(time);
	}
	return looks;
}

/** Job: Wait for Completion for 500 jobs of one item each that end one after the other. */
export async function benchWait() {
	const emulator = await startEmulator();
	try {
		const began = Date.now();
		const endsIn = { first: FIRST_END, last: LAST_END };
		const ids = await emulator.addJobs({ count: JOBS, endsIn });
		const added = Date.now();
		await delay(100);
		const { error, outputs } = await runEngine({
			parameters: { resource: 'job', operation: 'wait', options: { pollInterval: POLL_INTERVAL } },
			items: jsonItems(...ids.map((id) => ({ id }))),
			apiUrl: emulator.url,
			apiKey: emulator.key,
		});
		const ended = Date.now();
		if (error) throw error;
		const completed = outputs[0].filter(({ json }) => json.status === 'COMPLETED').length;
		if (completed !== JOBS) throw new Error(`${completed} of ${JOBS} jobs came out as COMPLETED`);
		const looks = looksOf((await emulator.requests('GET')).map(({ at }) => Date.parse(at)));
		const delays = ids.map((_id, i) => {
			const end = began + 1000 * (FIRST_END + ((LAST_END - FIRST_END) * i) / (JOBS - 1));
			return (looks.find(([look]) => look >= end)?.[0] ?? ended) - end;
		});
		const pauses = looks.slice(1).map(([look], i) => look - looks[i][0]);
		const lastEnd = added + LAST_END * 1000;
		printTable(`Waiting for ${JOBS} jobs that end within ${LAST_END} s`, [
			{ what: 'looks', value: looks.length, unit: '' },
			{
				what: 'most calls per look',
				value: Math.max(...looks.map(({ length }) => length)),
				unit: '',
				atMost: 3,
			},
			{ what: 'longest interval', value: Math.max(...pauses) / 1000, unit: 's', atMost: 15.5 },
			{
				what: "longest time from a job's end to the look that sees it",
				value: Math.max(...delays) / 1000,
				unit: 's',
			},
			{
				what: "time from the last job's end to all items",
				value: (ended - lastEnd) / 1000,
				unit: 's',
				atMost: 15.5,
			},
			{
				what: 'that time over the last interval',
				value: (ended - lastEnd) / (pauses.at(-1) ?? NaN),
				unit: '',
				atMost: 1,
			},
		]);
	} finally {
		await emulator.close();
	}
}
