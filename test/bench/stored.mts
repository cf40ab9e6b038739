import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installFolder, n8nCommand } from '../../local/n8n/paths.mjs';
import { NEWEST } from '../../local/n8n/versions.mjs';
import type { OutputServer } from '../support/outputServer.mjs';
import { runScript } from '../support/processes.mjs';
import { downloadOnce } from './downloads.mjs';
import type { NodeRun } from './n8n.mjs';
import type { Sizes } from './options.mjs';
import type { Saved } from './save.mjs';
import { memoryRow, MIB, timeRow, type Row } from './table.mjs';

const run = promisify(execFile);

/** The milliseconds that curl takes to save a URL to a file. */
async function curl(url: string, file: string): Promise<number> {
	const options = ['-sS', '--fail', '-o', file, '-w', '%{time_total}'];
	return Number((await run('curl', [...options, url])).stdout) * 1000;
}

/** An output as a file in n8n's storage, compared with the HTTP Request node, curl, and bare Node.js, in turns. */
export async function benchStored(
	server: OutputServer,
	{ output, memory: atMost, rounds, peers }: Sizes,
	signal: AbortSignal,
): Promise<Row[]> {
	const { node } = n8nCommand(installFolder(NEWEST));
	const folder = await mkdtemp(join(tmpdir(), 'bench-'));
	const file = join(folder, 'output.json');
	const owns: NodeRun[] = [];
	const https: NodeRun[] = [];
	const saves: Saved[] = [];
	const curls: number[] = [];
	try {
		const url = server.downloadUrl('paragraphs');
		for (let round = 0; round < rounds; round++) {
			owns.push(await downloadOnce('Unstructured', server, signal));
			if (!peers) continue;
			https.push(await downloadOnce('HTTP Request', server, signal));
			saves.push(JSON.parse(await runScript('bench/save', [url, file], node)) as Saved);
			curls.push(await curl(url, file));
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	const what = `output of ${output / MIB} MiB, as JSON files`;
	const ms = (results: Saved[]) => results.map((result) => result.ms);
	const time = (name: string, values: number[], atMost?: number) =>
		timeRow(what, ms(owns), { peer: { name, values }, atMost });
	const growths = (results: Saved[]) => results.map(({ growth }) => growth);
	const memory = (name: string, values: Saved[], atMost?: number) =>
		memoryRow(what, growths(owns), { peer: { name, values: growths(values) }, atMost });
	if (!peers) return [memoryRow(what, growths(owns), { atMost })];
	return [
		time('curl -o', curls, 2.5),
		time('bare Node.js', ms(saves)),
		time('HTTP Request', ms(https)),
		memory('bare Node.js', saves, atMost),
		memory('HTTP Request', https),
	];
}
