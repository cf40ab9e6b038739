import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Taken } from '../support/outputMemory.mjs';
import { SHAPE_NAMES, startOutputServer, type Shape } from '../support/outputServer.mjs';
import { runScript } from '../support/processes.mjs';
import { installFolder, n8nCommand } from '../../local/n8n/paths.mjs';
import { NEWEST } from '../../local/n8n/versions.mjs';
import type { Sizes } from './options.mjs';
import { MIB, type Row } from './table.mjs';

const run = promisify(execFile);

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

/** Job: Get Output, beside the least that can be done: curl into a file, and JSON.parse of the text. */
export async function benchOutput({ output, rounds }: Sizes): Promise<Row[]> {
	const server = await startOutputServer(output);
	const { node } = n8nCommand(installFolder(NEWEST));
	const url = (shape: Shape) => `${server.url}/api/v1/jobs/${shape}/download`;
	const take = async (shape: Shape, format: string) =>
		JSON.parse(await runScript('support/outputMemory', [server.url, shape, format], node)) as Taken;
	/** What the node took and what the peer took, in turns, so that what else the machine does meets both. */
	const inTurns = async (shape: Shape, format: string, peer: () => Promise<number>) => {
		const takens: Taken[] = [];
		const others: number[] = [];
		for (let round = 0; round < rounds; round++) {
			takens.push(await take(shape, format));
			others.push((await peer()) / 1000);
		}
		return { takens, seconds: takens.map(({ ms }) => ms / 1000), others };
	};
	const what = `output of ${output / MIB} MiB`;
	try {
		const { takens, seconds, others } = await inTurns('paragraphs', 'binary', () =>
			curl(url('paragraphs')),
		);
		const rows: Row[] = [
			{
				kind: 'memory',
				what: `${what}, binary: growth of peak memory`,
				unit: 'MiB',
				own: takens.map(({ growth }) => growth / MIB),
				goal: { of: 'value', atMost: 32 },
			},
			{
				kind: 'time',
				what: `${what}, binary: time`,
				unit: 's',
				own: seconds,
				peer: { name: 'curl -o', values: others },
				goal: { of: 'ratio', atMost: 2.5 },
			},
		];
		for (const shape of SHAPE_NAMES.filter((name) => name !== 'little')) {
			const { takens, seconds, others } = await inTurns(shape, 'elements', async () =>
				Number(await runScript('bench/parse', [url(shape)], node)),
			);
			rows.push(
				{
					kind: 'time',
					what: `${what}, elements (${shape}): time`,
					unit: 's',
					own: seconds,
					peer: { name: 'JSON.parse', values: others },
					goal: { of: 'ratio', atMost: 1.5 },
				},
				{
					kind: 'memory',
					what: `${what}, elements (${shape}): growth of peak memory`,
					unit: 'MiB',
					own: takens.map(({ growth }) => growth / MIB),
					peer: { name: 'the items', values: takens.map(({ kept }) => kept / MIB) },
				},
			);
		}
		return rows;
	} finally {
		await server.close();
	}
}
