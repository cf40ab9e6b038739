import { MIB } from './table.mjs';

/** How much of everything is measured. */
export interface Sizes {
	rounds: number;
	/** Bytes of the file that is uploaded. */
	upload: number;
	/** Bytes by which n8n's memory may grow at its highest. */
	memory: number;
	/** The same beside files that n8n holds in memory. */
	memoryMode: number;
	/** How many small files go into one job. */
	files: number;
	/** Bytes of an output. */
	output: number;
	jobs: { count: number; lastEnd: number };
	/** How many files Document: Parse makes texts of. */
	documents: number;
	/** How many HTML tables are read. */
	tables: number;
	events: number;
	/** How many files, and of how many bytes, the curves go through; and below how many bytes memory is flat. */
	growth: { files: number[]; bytes: number[]; flat: number };
}

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);

/** BENCH_ROUNDS is how often each thing is done, BENCH_MIB the size of the upload. */
function longSizes(): Sizes {
	const upload = number('BENCH_MIB', 1024) * MIB;
	return {
		rounds: number('BENCH_ROUNDS', 3),
		upload,
		memory: 32 * MIB,
		memoryMode: 0.1 * upload,
		files: 1_000,
		output: 200 * MIB,
		jobs: { count: 500, lastEnd: 40 },
		documents: 500,
		tables: 10_000,
		events: 10_000,
		growth: {
			files: [1, 10, 100, 1_000, 3_000, 10_000],
			bytes: [1, 16, 256, 1_024, 2_048, 4_096].map((mib) => mib * MIB),
			flat: 64 * MIB,
		},
	};
}

/**
 * Large enough for a copy of the whole to be seen in memory, and no larger: V8 lets 64 MiB of buffers gather before it
 * collects them, and a few more while it does.
 */
const short = (): Sizes => ({
	rounds: 1,
	upload: 512 * MIB,
	memory: 160 * MIB,
	memoryMode: 160 * MIB,
	files: 100,
	output: 256 * MIB,
	jobs: { count: 50, lastEnd: 8 },
	documents: 30,
	tables: 2_000,
	events: 1_000,
	growth: { files: [1, 10, 100], bytes: [1, 16, 512].map((mib) => mib * MIB), flat: 160 * MIB },
});

export const sizes = (isShort: boolean): Sizes => (isShort ? short() : longSizes());
