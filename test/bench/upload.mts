import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installFolder, n8nCommand } from '../../local/n8n/paths.mjs';
import { NEWEST } from '../../local/n8n/versions.mjs';
import { runScript } from '../support/processes.mjs';
import { SMALL_FILE } from './files.mjs';
import type { Sizes } from './options.mjs';
import { startSink } from './sink.mjs';
import { memoryRow, MIB, timeRow, type Row } from './table.mjs';
import { uploadOnce, type UploadResult } from './uploads.mjs';

const run = promisify(execFile);
/** The memory of an idle n8n 2.41. */
const N8N_HEAP_MB = '180';

/** The milliseconds that curl takes to send a file as a form. */
async function curl(url: string, file: string): Promise<number> {
	const options = ['-sS', '--fail', '-o', '/dev/null', '-w', '%{time_total}'];
	return Number((await run('curl', [...options, '-F', `input_files=@${file}`, url])).stdout) * 1000;
}

const ms = (results: UploadResult[]) => results.map((result) => result.ms);
const growths = (results: UploadResult[]) => results.map((result) => result.growth);

/** One large file, compared with the HTTP Request node, curl, and bare Node.js, in turns. */
async function benchLarge(
	folder: string,
	{ upload: size, memory, rounds }: Sizes,
	signal: AbortSignal,
): Promise<Row[]> {
	const sink = await startSink();
	const { node } = n8nCommand(installFolder(NEWEST));
	const file = join(folder, 'file-00000.bin');
	const pipe = async (...heap: string[]) =>
		Number(await runScript('bench/pipe', [sink.url, file, ...heap], node));
	const owns: UploadResult[] = [];
	const https: UploadResult[] = [];
	const [pipes, fullPipes, curls]: number[][] = [[], [], []];
	try {
		const one = { count: 1, size };
		for (let round = 0; round < rounds; round++) {
			owns.push(await uploadOnce('Unstructured', folder, one, signal));
			https.push(await uploadOnce('HTTP Request', folder, one, signal));
			pipes.push(await pipe());
			fullPipes.push(await pipe(N8N_HEAP_MB));
			curls.push(await curl(sink.url, file));
		}
	} finally {
		await sink.close();
	}
	const what = `upload of ${size / MIB} MiB`;
	const time = (name: string, values: number[], atMost?: number) =>
		timeRow(what, ms(owns), { peer: { name, values }, atMost });
	return [
		time('HTTP Request', ms(https), 0.5),
		time('bare Node.js pipe', pipes, 1.5),
		time(`bare Node.js pipe, with ${N8N_HEAP_MB} MB of objects as n8n`, fullPipes),
		time('curl', curls),
		memoryRow(what, growths(owns), {
			peer: { name: 'HTTP Request', values: growths(https) },
			atMost: memory,
		}),
	];
}

/** Many small files in one job, compared with the HTTP Request node with as many items. */
async function benchMany(
	folder: string,
	{ files: count, rounds }: Sizes,
	signal: AbortSignal,
): Promise<Row[]> {
	const owns: UploadResult[] = [];
	const https: UploadResult[] = [];
	const { node } = n8nCommand(installFolder(NEWEST));
	const many = { count, size: SMALL_FILE };
	const reads: number[] = [];
	for (let round = 0; round < rounds; round++) {
		owns.push(await uploadOnce('Unstructured', folder, many, signal));
		https.push(await uploadOnce('HTTP Request', folder, many, signal));
		const args = [String(count), String(SMALL_FILE)];
		reads.push(Number(await runScript('bench/readStorage', args, node)));
	}
	const what = `${count} files of 20 kB`;
	const time = (name: string, values: number[], atMost?: number) =>
		timeRow(what, ms(owns), { peer: { name, values }, atMost });
	const most = (counted: string, pick: (result: UploadResult) => number, atMost: number): Row => ({
		kind: 'count',
		what: `${what}: ${counted}`,
		unit: '',
		own: owns.map(pick),
		peer: { name: 'HTTP Request', values: https.map(pick) },
		goal: { of: 'value', atMost },
	});
	return [
		time('HTTP Request', ms(https), 0.3),
		time("reading them one by one from n8n's storage", reads),
		most('requests', ({ requests }) => requests, 1),
		most('files open at once', ({ open }) => open, 2),
	];
}

/** The files of memory mode: n8n keeps each as a base64 text, which V8 limits to 512 MiB, so there are four. */
const PARTS = 4;

/** Files that n8n keeps in memory. In its engine alone, because n8n cannot save so large an execution in its database. */
async function benchMemoryMode({ upload: size, memoryMode, rounds }: Sizes): Promise<Row> {
	const sink = await startSink();
	const { node } = n8nCommand(installFolder(NEWEST));
	const own: number[] = [];
	try {
		for (let round = 0; round < rounds; round++) {
			const args = [sink.url, String(size / PARTS), String(PARTS)];
			own.push(Number(await runScript('bench/memoryMode', args, node)));
		}
		const arrived = sink.takeUploads().filter((bytes) => bytes >= size).length;
		if (arrived !== rounds) throw new Error('An upload did not arrive whole');
	} finally {
		await sink.close();
	}
	return memoryRow(`upload of ${PARTS} x ${size / PARTS / MIB} MiB in memory mode`, own, {
		peer: { name: 'the files themselves', values: [size] },
		atMost: memoryMode,
	});
}

/**
 * Workflow: Run with one large file, with many small files, and with files in memory. Without peers, the curves of `growth`
 * measure the files on disk.
 */
export async function benchUpload(sizes: Sizes, signal: AbortSignal): Promise<Row[]> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-files-'));
	try {
		return [
			...(sizes.peers ? await benchLarge(folder, sizes, signal) : []),
			...(sizes.peers ? await benchMany(folder, sizes, signal) : []),
			await benchMemoryMode(sizes),
		];
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
