import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Taken } from '../support/outputMemory.mjs';
import { SHAPE_NAMES, startOutputServer, type Shape } from '../support/outputServer.mjs';
import { runScript } from '../support/processes.mjs';
import { median, MIB, printTable, type Measured } from './table.mjs';

const run = promisify(execFile);
const SIZE = 200 * MIB;

/** Milliseconds that curl takes to put a URL into a file. */
async function curl(url: string): Promise<number> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-'));
	try {
		const options = ['-sS', '--fail', '-o', join(folder, 'output.json'), '-w', '%{time_total}'];
		return Number((await run('curl', [...options, url])).stdout) * 1000;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Job: Get Output of 200 MiB, beside the least that can be done: curl into a file, and JSON.parse of the text. */
export async function benchOutput(rounds: number) {
	const server = await startOutputServer(SIZE);
	const url = (shape: Shape) => `${server.url}/api/v1/jobs/${shape}/download`;
	const take = async (shape: Shape, format: string) =>
		JSON.parse(await runScript('support/outputMemory', [server.url, shape, format])) as Taken;
	const rows: Measured[] = [];
	const add = (what: string, value: number, unit: string, atMost?: number) =>
		rows.push({ what, value, unit, atMost });
	try {
		// In turns, so that what else the machine does meets both.
		const stored: Array<{ taken: Taken; other: number }> = [];
		for (let round = 0; round < rounds; round++) {
			const taken = await take('paragraphs', 'binary');
			stored.push({ taken, other: await curl(url('paragraphs')) });
		}
		const ms = median(stored.map(({ taken }) => taken.ms));
		add(
			'binary: growth of memory',
			Math.max(...stored.map(({ taken }) => taken.growth)) / MIB,
			'MiB',
			32,
		);
		add('binary: time', ms / 1000, 's');
		add('binary: time over curl -o', ms / median(stored.map(({ other }) => other)), '', 2.5);
		for (const shape of SHAPE_NAMES.filter((name) => name !== 'little')) {
			const parsed: Array<{ taken: Taken; other: number }> = [];
			for (let round = 0; round < rounds; round++) {
				const taken = await take(shape, 'elements');
				parsed.push({ taken, other: Number(await runScript('bench/parse', [url(shape)])) });
			}
			const { bytes } = server.holds(shape);
			const time = median(parsed.map(({ taken }) => taken.ms));
			const times = time / median(parsed.map(({ other }) => other));
			const most = Math.max(...parsed.map(({ taken }) => taken.growth));
			add(`elements (${shape}): growth of memory over the output`, most / bytes, '', 1);
			add(`elements (${shape}): the items over the output`, parsed[0].taken.kept / bytes, '');
			add(`elements (${shape}): time`, time / 1000, 's');
			add(`elements (${shape}): time over JSON.parse`, times, '', 1.5);
		}
		printTable(`Get Output, ${SIZE / MIB} MiB, Node.js ${process.version}`, rows);
	} finally {
		await server.close();
	}
}
