import { cpus, totalmem } from 'node:os';
import { buildPackage } from '../../local/n8n/build.mjs';
import { MIB } from './table.mjs';

/**
 * Measures all, or the groups that are named: npm run bench -- output wait. BENCH_MIB is the size of the upload, BENCH_ROUNDS
 * how often each thing is done.
 */
const size = Number(process.env.BENCH_MIB ?? 1024) * MIB;
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const stop = new AbortController();
process.on('SIGINT', () => stop.abort());

// Loaded when needed: the groups load the built package.
const GROUPS: Record<string, () => Promise<void>> = {
	upload: async () => await (await import('./upload.mjs')).benchUpload(size, rounds, stop.signal),
	output: async () => await (await import('./output.mjs')).benchOutput(rounds),
	wait: async () => await (await import('./wait.mjs')).benchWait(),
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(GROUPS, name));
if (unknown) throw new Error(`There is no '${unknown}', only ${Object.keys(GROUPS).join(', ')}`);

await buildPackage(console.error);
const cpu = `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}`;
console.log(`${rounds} rounds, ${cpu}, ${Math.round(totalmem() / MIB / 1024)} GiB`);
for (const [name, measure] of Object.entries(GROUPS)) {
	if (wanted.length === 0 || wanted.includes(name)) await measure();
}
process.exit();
