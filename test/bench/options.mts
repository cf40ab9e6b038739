import { MIB } from './table.mjs';

/** The sizes and counts of the measurements. */
export interface Sizes {
	rounds: number;
	/** Whether to measure the peers too. Without them, only counts and memory are of interest. */
	peers: boolean;
	/** The bytes of the uploaded file. */
	upload: number;
	/** The bytes by which n8n's peak memory may grow. */
	memory: number;
	/** The same limit, in addition to files that n8n keeps in memory. */
	memoryMode: number;
	/** The number of small files in one job. */
	files: number;
	/** The bytes of an output. */
	output: number;
	jobs: { count: number; lastEnd: number };
	/** The number of files for Document: Parse. */
	documents: number;
	/** The number of HTML tables to read. */
	tables: number;
	events: number;
	/** The numbers of files and bytes of the curves' points, and the limit below which memory counts as flat. */
	growth: { files: number[]; bytes: number[]; flat: number };
}

const number = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise);

/** BENCH_ROUNDS sets the rounds of each measurement, BENCH_MIB the size of the upload. */
function longSizes(): Sizes {
	const upload = number('BENCH_MIB', 1024) * MIB;
	return {
		rounds: number('BENCH_ROUNDS', 3),
		peers: true,
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
 * Large enough to make a copy of the whole visible in memory, and no larger: V8 collects buffers only after 64 MiB
 * of them, and a few more accumulate meanwhile.
 */
const short = (): Sizes => ({
	rounds: 1,
	peers: false,
	upload: 256 * MIB,
	memory: 160 * MIB,
	memoryMode: 160 * MIB,
	files: 100,
	output: 256 * MIB,
	jobs: { count: 50, lastEnd: 8 },
	documents: 0,
	tables: 2_000,
	events: 1_000,
	growth: { files: [1, 10, 100], bytes: [1, 16, 256].map((mib) => mib * MIB), flat: 160 * MIB },
});

export const sizes = (isShort: boolean): Sizes => (isShort ? short() : longSizes());
