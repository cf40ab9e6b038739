import { buildPackage } from '../../local/n8n/build.mjs';
import { installN8n } from '../../local/n8n/install.mjs';
import type { Curves } from './growth.mjs';
import { sizes } from './options.mjs';
import { machine, page, versions, withCommitted, writeResults, type Report } from './results.mjs';
import { isMet, type Row } from './table.mjs';

/**
 * Measures all parts, or the named ones: npm run bench -- output wait. A run of all parts is written to `results/`.
 * `--write` merges named parts into the committed report. `--short` runs small measurements, writes nothing,
 * and exits with 1 if a count or memory misses its goal, but never for seconds.
 */
const args = process.argv.slice(2);
const isShort = args.includes('--short');
const wanted = args.filter((name) => !name.startsWith('--'));
const isWritten = !isShort && (wanted.length === 0 || args.includes('--write'));
const measured = sizes(isShort);
const stop = new AbortController();
process.on('SIGINT', () => stop.abort());

let growth: Curves | undefined;

// Loaded when needed: the groups load the built package.
const GROUPS: Record<string, () => Promise<Row[]>> = {
	upload: async () => await (await import('./upload.mjs')).benchUpload(measured, stop.signal),
	output: async () => await (await import('./output.mjs')).benchOutput(measured, stop.signal),
	document: async () => await (await import('./document.mjs')).benchDocument(measured, stop.signal),
	tables: async () => (await import('./tables.mjs')).benchTables(measured),
	wait: async () => await (await import('./wait.mjs')).benchWait(measured),
	events: async () => (await import('./events.mjs')).benchEvents(measured),
	load: async () => await (await import('./load.mjs')).benchLoad(measured),
	growth: async () => {
		const { growthRows, measureGrowth } = await import('./growth.mjs');
		growth = await measureGrowth(measured, stop.signal);
		return growthRows(growth, measured.growth.flat);
	},
};

const names = Object.keys(GROUPS);
const unknown = [
	...wanted.filter((name) => !names.includes(name)),
	...args.filter((name) => name.startsWith('--') && !['--short', '--write'].includes(name)),
];
if (unknown.length > 0) {
	throw new Error(`There is no '${unknown[0]}', only ${names.join(', ')}, --short, --write`);
}

await buildPackage(console.error);
await installN8n(stop.signal, console.error);
const date = new Date().toISOString().slice(0, 10);
const rows: Report['rows'] = [];
const parts: Report['parts'] = {};
for (const [part, measure] of Object.entries(GROUPS)) {
	if (wanted.length > 0 && !wanted.includes(part)) continue;
	console.error(`Measuring: ${part}`);
	const began = performance.now();
	rows.push(...(await measure()).map((row) => ({ ...row, part })));
	parts[part] = date;
	console.error(`Measured in ${Math.round((performance.now() - began) / 1000)} s: ${part}`);
}
const report: Report = {
	date,
	machine: machine(),
	versions: versions(),
	rounds: measured.rounds,
	parts,
	rows,
	growth,
};
if (isWritten) {
	await writeResults(wanted.length > 0 ? await withCommitted(report, names) : report);
}
console.log(page(report));
const missed = rows.filter((row) => row.kind !== 'time' && isMet(row) === false);
for (const { what } of missed) console.error(`Missed its goal: ${what}`);
process.exit(isShort && missed.length > 0 ? 1 : 0);
