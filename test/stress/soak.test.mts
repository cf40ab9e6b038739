import { runScript } from '../support/processes.mjs';
import type { Soaked } from '../support/soak.mjs';

/** `SOAK=10000` sets the number of runs and waits, `SOAK_MINUTES=60` their minimum duration. */
const { SOAK = '150', SOAK_MINUTES = '0' } = process.env;
const LIMIT_MS = 300_000 + Number(SOAK) * 500 + Number(SOAK_MINUTES) * 120_000;

it(
	`leaves nothing behind after ${SOAK} runs, waits, and parsed files in one process`,
	async () => {
		const soaked = JSON.parse(await runScript('support/soak', [SOAK, SOAK_MINUTES])) as Soaked;
		expect(soaked.warnings).toEqual([]);
		expect(soaked.failures).toEqual([]);
		expect(soaked.runs + soaked.parses).toBeGreaterThanOrEqual(Number(SOAK));
		expect(soaked.parses).toBeGreaterThan(0);
		expect(soaked.waits).toBe(soaked.runs);
		expect(soaked.jobs).toBe(soaked.runs + soaked.parses);
		expect(soaked.files).toBeLessThanOrEqual(0);
		expect(soaked.resources).toBeLessThanOrEqual(0);
		// Compiled code needs some memory. A leak of 10 kB per run would be 3 MB in the short form, 100 MB in the long one.
		expect(soaked.heap).toBeLessThan(Math.max(3_000_000, Number(SOAK) * 1_000));
	},
	LIMIT_MS,
);
