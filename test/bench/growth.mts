import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFiles, SMALL_FILE } from './files.mjs';
import type { Sizes } from './options.mjs';
import { memoryRow, MIB, type Row } from './table.mjs';
import { startUploads } from './uploads.mjs';

/** One upload of a curve. */
export interface Point {
	/** The number of files, or the MiB of the only file. */
	x: number;
	seconds: number;
	/** The MiB by which n8n's memory grew. */
	growth: number;
	requests: number;
	/** The most files of n8n's storage that were open at the same time. */
	open: number;
}

export interface Curves {
	files: Point[];
	size: Point[];
}

async function curve(
	steps: Array<{ x: number; count: number; size: number }>,
	signal: AbortSignal,
): Promise<Point[]> {
	const folder = await mkdtemp(join(tmpdir(), 'bench-files-'));
	const n8n = await startUploads('Unstructured', folder, signal);
	const points: Point[] = [];
	try {
		// A first run, so the first point does not include compiling.
		await makeFiles(folder, 1, SMALL_FILE);
		await n8n.run(SMALL_FILE);
		for (const { x, count, size } of steps) {
			await makeFiles(folder, count, size);
			const { ms, growth, requests, open } = await n8n.run(count * size);
			points.push({ x, seconds: ms / 1000, growth: growth / MIB, requests, open });
		}
	} finally {
		await n8n.close();
		await rm(folder, { recursive: true, force: true });
	}
	return points;
}

/** The growth of an upload's time and memory with the number of files and with the size of one file. */
export async function measureGrowth({ growth }: Sizes, signal: AbortSignal): Promise<Curves> {
	const many = growth.files.map((count) => ({ x: count, count, size: SMALL_FILE }));
	const large = growth.bytes.map((size) => ({ x: size / MIB, count: 1, size }));
	return { files: await curve(many, signal), size: await curve(large, signal) };
}

/**
 * The last point compared with the previous one: on a straight line, the time for each file or MiB stays the same. Counts are
 * those of the worst point.
 */
export function growthRows({ files, size }: Curves, flat: number): Row[] {
	const each = ({ x, seconds }: Point) => (seconds / x) * 1000;
	const count = (counted: 'requests' | 'open', atMost: number): Row => ({
		kind: 'count',
		what: `growth to ${files.at(-1)?.x} files: ${counted === 'open' ? 'files open at once' : 'requests'}`,
		unit: '',
		own: files.map((point) => point[counted]),
		goal: { of: 'value', atMost },
	});
	const rows = (points: Point[], unit: string): Row[] => {
		const [before, last] = points.slice(-2);
		return [
			{
				kind: 'time',
				what: `growth to ${last.x} ${unit}: time for each`,
				unit: 'ms',
				own: [each(last)],
				peer: { name: `${before.x} ${unit}`, values: [each(before)] },
				goal: { of: 'ratio', atMost: 1.25 },
			},
			memoryRow(
				`growth to ${last.x} ${unit}, at any point`,
				[Math.max(...points.map(({ growth }) => growth * MIB))],
				{ atMost: flat },
			),
		];
	};
	return [...rows(files, 'files'), count('requests', 1), count('open', 2), ...rows(size, 'MiB')];
}
