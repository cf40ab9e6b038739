import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { INodeExecutionData } from 'n8n-workflow';
import { withBusyCores } from '../support/busyCores.mjs';
import { filesAsItems } from '../support/engine.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import { jobParameters, jsonItems, runParameters, useNode } from '../support/node.mjs';
import { delayStorage, storedBytes } from '../support/storedFiles.mjs';

const node = useNode();

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

/** An output of half a megabyte with something for each format. */
const OUTPUT = [
	{ type: 'DocumentData', text: '', metadata: { extracted_data: { total: 12.5 } } },
	{
		type: 'Image',
		text: 'A chart',
		metadata: {
			page_number: 1,
			image_base64: Buffer.alloc(50_000, 7).toString('base64'),
			image_mime_type: 'image/png',
		},
	},
	...Array.from({ length: 2 }, (_, i) => ({
		type: 'Table',
		text: `Total ${i}`,
		metadata: {
			page_number: i,
			text_as_html: `<table><tr><td>Total</td><td>${i}</td></tr></table>`,
		},
	})),
	...Array.from({ length: 1_000 }, (_, i) => ({
		type: 'NarrativeText',
		element_id: i.toString(16).padStart(32, '0'),
		text: `${i} ${'The order will be delivered. '.repeat(15)}`,
		metadata: { page_number: 2 + Math.floor(i / 40) },
	})),
];

const FORMATS = [
	...['binary', 'elements', 'file', 'text'],
	...['pages', 'tables', 'images', 'extractedData'],
];

const ROUNDS = process.env.FAULTS === 'all' ? 20 : 2;

beforeAll(() => useBinaryMode('filesystem'));
afterAll(() => useBinaryMode('default'));

/** The content of items: the hash of their JSON, and of each stored file. */
async function contentOf(items: INodeExecutionData[]) {
	const files = items.flatMap(({ binary }) => Object.values(binary ?? {}));
	const hashes = await Promise.all(files.map(async (file) => sha256(await storedBytes(file))));
	return [items.length, sha256(JSON.stringify(items.map(({ json }) => json))), ...hashes];
}

it(`returns every byte of every format in ${ROUNDS} rounds with busy cores and a slow storage`, async () => {
	const file = filesAsItems([{ name: 'a.txt', data: 'a' }]);
	const ran = await node.run(runParameters({ waitForCompletion: true }), file);
	const { id, input_file_ids: ids } = ran.outputs[0][0].json as {
		id: string;
		input_file_ids: string[];
	};
	await node.emulator.faults({ path: '/download$', status: 200, body: OUTPUT, times: null });
	const sent = await fetch(
		`${node.emulator.url}/api/v1/jobs/${id}/download?file_id=${encodeURIComponent(ids[0])}`,
		{ headers: { 'unstructured-api-key': node.emulator.key } },
	);
	const bytes = Buffer.from(await sent.arrayBuffer());
	const original = sha256(bytes);

	const read = async (outputFormat: string) => {
		const parameters = jobParameters('getOutput', { outputFormat });
		const { outputs, error } = await node.run(parameters, jsonItems({ id }));
		if (error) throw error;
		return outputs[0];
	};
	const calm = new Map<string, unknown[]>();
	for (const format of FORMATS) calm.set(format, await contentOf(await read(format)));
	const elements = (await read('file'))[0].json.elements;
	expect(sha256(JSON.stringify(elements))).toBe(original);

	let stored = 0;
	// From 200 to 1,500 ms, in a different order each time.
	const restore = delayStorage(() => delay(200 + ((stored++ * 433) % 1_301)));
	try {
		await withBusyCores(async () => {
			for (let round = 0; round < ROUNDS; round++) {
				const results = await Promise.all(FORMATS.map(read));
				const [{ binary }] = results[0];
				const { data } = binary!;
				expect([data.bytes, sha256(await storedBytes(data))]).toEqual([bytes.length, original]);
				for (const [i, format] of FORMATS.entries()) {
					expect([format, ...(await contentOf(results[i]))]).toEqual([
						format,
						...calm.get(format)!,
					]);
				}
			}
		});
	} finally {
		restore();
	}
	// The JSON file, two tables, and an image.
	expect(stored).toBe(ROUNDS * 4);
}, 400_000);
