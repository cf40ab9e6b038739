import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installFolder, n8nCommand } from '../../local/n8n/paths.mjs';
import { NEWEST } from '../../local/n8n/versions.mjs';
import type { startOutputServer } from '../support/outputServer.mjs';
import { runScript } from '../support/processes.mjs';
import { startDownloads, type DownloadResult, type Downloads } from './downloads.mjs';
import type { Sizes } from './options.mjs';
import { MIB, type Row } from './table.mjs';

const run = promisify(execFile);

/** Milliseconds that curl takes to put a URL into a file. */
async function curl(url: string, file: string): Promise<number> {
	const options = ['-sS', '--fail', '-o', file, '-w', '%{time_total}'];
	return Number((await run('curl', [...options, url])).stdout) * 1000;
}

/** An output as a file in n8n's storage, beside the HTTP Request node, curl, and what bare Node.js does, in turns. */
export async function benchStored(
	server: Awaited<ReturnType<typeof startOutputServer>>,
	{ output, memory, rounds }: Sizes,
	signal: AbortSignal,
): Promise<Row[]> {
	const { node } = n8nCommand(installFolder(NEWEST));
	const folder = await mkdtemp(join(tmpdir(), 'bench-'));
	const file = join(folder, 'output.json');
	const started: Downloads[] = [];
	const owns: DownloadResult[] = [];
	const https: DownloadResult[] = [];
	const [saves, curls]: number[][] = [[], []];
	try {
		started.push(await startDownloads('Unstructured', server.url, signal));
		started.push(await startDownloads('HTTP Request', server.url, signal));
		const [own, http] = started;
		const { bytes } = server.holds('paragraphs');
		const url = server.downloadUrl('paragraphs');
		for (const downloads of started) await downloads.run('little', server.holds('little').bytes);
		for (let round = 0; round < rounds; round++) {
			owns.push(await own.run('paragraphs', bytes));
			https.push(await http.run('paragraphs', bytes));
			saves.push(Number(await runScript('bench/save', [url, file], node)));
			curls.push(await curl(url, file));
		}
	} finally {
		await Promise.all(started.map((downloads) => downloads.close()));
		await rm(folder, { recursive: true, force: true });
	}
	const what = `output of ${output / MIB} MiB, binary`;
	const time = (name: string, values: number[], atMost?: number): Row => ({
		kind: 'time',
		what: `${what}: time`,
		unit: 's',
		own: owns.map(({ ms }) => ms / 1000),
		peer: { name, values: values.map((ms) => ms / 1000) },
		...(atMost && { goal: { of: 'ratio', atMost } }),
	});
	return [
		time('curl -o', curls, 2.5),
		time('bare Node.js', saves),
		time(
			'HTTP Request',
			https.map(({ ms }) => ms),
		),
		{
			kind: 'memory',
			what: `${what}: growth of peak memory`,
			unit: 'MiB',
			own: owns.map(({ growth }) => growth / MIB),
			peer: { name: 'HTTP Request', values: https.map(({ growth }) => growth / MIB) },
			goal: { of: 'value', atMost: memory / MIB },
		},
	];
}
