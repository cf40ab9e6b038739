import { cpus, totalmem } from 'node:os';
import { buildPackage } from '../../local/n8n/build.mjs';
import { N8N_VERSION } from '../../local/n8n/versions.mjs';
import { measureUpload, UPLOAD_NODES } from './upload.mjs';

const MIB = 1024 * 1024;
const size = Number(process.env.BENCH_MIB ?? 1024) * MIB;
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const stop = new AbortController();
process.on('SIGINT', () => stop.abort());

await buildPackage(console.error);
console.log(
	`Upload of ${size / MIB} MiB from filesystem storage, n8n ${N8N_VERSION}, ${rounds} rounds, ` +
		`${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / MIB / 1024)} GiB`,
);
console.log('| node | median time (s) | growth of memory (MiB) |');
console.log('| --- | ---: | ---: |');
const milliseconds: Record<string, number> = {};
for (const [name, make] of Object.entries(UPLOAD_NODES)) {
	const result = await measureUpload(make, size, rounds, stop.signal);
	milliseconds[name] = result.milliseconds;
	const seconds = (result.milliseconds / 1000).toFixed(2);
	console.log(`| ${name} | ${seconds} | ${(result.memoryGrowth / MIB).toFixed(0)} |`);
}
const ratio = (milliseconds.Unstructured ?? NaN) / (milliseconds['HTTP Request'] ?? NaN);
console.log(`Time of Unstructured over HTTP Request: ${ratio.toFixed(2)}`);
