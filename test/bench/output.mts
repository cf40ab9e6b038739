import { installFolder, n8nCommand } from '../../local/n8n/paths.mjs';
import { NEWEST } from '../../local/n8n/versions.mjs';
import type { Taken } from '../support/outputMemory.mjs';
import { startOutputServer, type OutputServer, type Shape } from '../support/outputServer.mjs';
import { runScript } from '../support/processes.mjs';
import type { Sizes } from './options.mjs';
import type { Parsed } from './parse.mjs';
import { benchStored } from './stored.mjs';
import { memoryRow, MIB, timeRow, type Row } from './table.mjs';

/** The format to create, and the output to create it from. */
const FORMATS: Array<[format: string, shape: Shape]> = [
	['elements', 'paragraphs'],
	['elements', 'coordinates'],
	['elements', 'embeddings'],
	['elements', 'images'],
	['pages', 'paragraphs'],
	['tables', 'tables'],
	['images', 'images'],
];

/**
 * Items of an output, compared with the minimum: receiving the text and JSON.parse. In n8n's engine alone, because
 * n8n saves a node's result in its database. Tables and images go into n8n's storage meanwhile.
 */
async function benchItems(
	server: OutputServer,
	[format, shape]: [format: string, shape: Shape],
	{ output, rounds }: Sizes,
): Promise<Row[]> {
	const { node } = n8nCommand(installFolder(NEWEST));
	const takens: Taken[] = [];
	const parsed: Parsed[] = [];
	const script = async (name: string, ...args: string[]) =>
		JSON.parse(await runScript(name, args, node)) as unknown;
	for (let round = 0; round < rounds; round++) {
		takens.push((await script('support/outputMemory', server.url, shape, format)) as Taken);
		parsed.push((await script('bench/parse', server.downloadUrl(shape))) as Parsed);
	}
	const what = `output of ${output / MIB} MiB, ${format} (${shape})`;
	const time = (name: string, values: number[], atMost?: number) =>
		timeRow(
			what,
			takens.map(({ ms }) => ms),
			{ peer: { name, values }, atMost },
		);
	const alone = parsed.map(({ parse }) => parse);
	const received = parsed.map(({ receive, parse }) => receive + parse);
	return [
		...(format === 'elements' ? [time('JSON.parse', alone, 1.5)] : []),
		time('receiving and JSON.parse', received),
		memoryRow(
			what,
			takens.map(({ growth }) => growth),
			{ peer: { name: 'the items', values: takens.map(({ kept }) => kept) } },
		),
	];
}

/** Job: Get Output, as a file and in each format of items. */
export async function benchOutput(sizes: Sizes, signal: AbortSignal): Promise<Row[]> {
	const server = await startOutputServer(sizes.output);
	try {
		const rows = await benchStored(server, sizes, signal);
		// Items have no goal but their ratio to a peer.
		const formats = sizes.peers ? FORMATS : [];
		for (const format of formats) rows.push(...(await benchItems(server, format, sizes)));
		return rows;
	} finally {
		await server.close();
	}
}
