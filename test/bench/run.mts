import { buildPackage } from '../../local/n8n/build.mjs';
import { installN8n } from '../../local/n8n/install.mjs';
import type { Curves } from './growth.mjs';
import { sizes } from './options.mjs';
import { machine, page, versions, writeResults, type Report } from './results.mjs';
import { isMet, type Row } from './table.mjs';

/**
 * Measures all, or the groups that are named: npm run bench -- output wait. A run of all is written to `results/`; one
 * with `--short` is small, writes nothing, and ends with 1 when a count or memory misses its goal, never for seconds.
 */
const args = process.argv.slice(2);
const isShort = args.includes('--short');
const wanted = args.filter((name) => name !== '--short');
const measured = sizes(isShort);
const stop = new AbortController();
process.on('SIGINT', () => stop.abort());

let growth: Curves | undefined;

// Loaded when needed: the groups load the built package.
const GROUPS: Record<string, () => Promise<Row[]>> = {
	upload: async () => await (await import('./upload.mjs')).benchUpload(measured, stop.signal),
	output: async () => await (await import('./output.mjs')).benchOutput(measured, stop.signal),
	wait: async () => await (await import('./wait.mjs')).benchWait(measured),
	events: async () => (await import('./events.mjs')).benchEvents(measured),
	load: async () => await (await import('./load.mjs')).benchLoad(measured),
	growth: async () => {
		const { growthRows, measureGrowth } = await import('./growth.mjs');
		growth = await measureGrowth(measured, stop.signal);
		return growthRows(growth, measured.growth.flat);
	},
};

const unknown = wanted.find((name) => !Object.hasOwn(GROUPS, name));
if (unknown) throw new Error(`There is no '${unknown}', only ${Object.keys(GROUPS).join(', ')}`);

await buildPackage(console.error);
await installN8n(stop.signal, console.error);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(GROUPS)) {
	if (wanted.length > 0 && !wanted.includes(name)) continue;
	console.error(`Measuring: ${name}`);
	rows.push(...(await measure()));
}
const report: Report = {
	date: new Date().toISOString().slice(0, 10),
	machine: machine(),
	versions: versions(),
	rounds: measured.rounds,
	rows,
	growth,
};
if (!isShort && wanted.length === 0) await writeResults(report);
console.log(page(report));
const missed = rows.filter((row) => row.kind !== 'time' && isMet(row) === false);
for (const { what } of missed) console.error(`Missed its goal: ${what}`);
process.exit(isShort && missed.length > 0 ? 1 : 0);
