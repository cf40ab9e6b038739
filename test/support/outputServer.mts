import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const TEXT =
	'The Contractor shall deliver the Services described in the Statement of Work and keep records of them. ';
const metadata = (page: number) => ({
	filename: 'frame-agreement-2026-signed.pdf',
	filetype: 'application/pdf',
	last_modified: '2026-04-29T10:00:00',
	languages: ['eng'],
	page_number: page,
	parent_id: (page * 7919).toString(16).padStart(32, '0'),
});
const id = (position: number) => (position * 104_729).toString(16).padStart(32, '0');
const words = (position: number, length: number) =>
	`${position} ${TEXT.repeat(Math.ceil(length / TEXT.length))}`.slice(0, length);
/** A text that looks like base64 until it is decoded. */
const base64 = (position: number, length: number) =>
	id(position)
		.repeat(Math.ceil(length / 32))
		.slice(0, length);

const paragraph = (position: number) => ({
	type: position % 10 ? 'NarrativeText' : 'Title',
	element_id: id(position),
	text: words(position, 650),
	metadata: { ...metadata(position >> 4), category_depth: 0 },
});

const row = (position: number) =>
	`<tr><td>${position}</td><td colspan="2">${words(position, 40)}</td><td>${position * 1.5}</td><td/></tr>`;

/** Elements in the platform's form, of about 1, 1.2, 36, 250, and 3 kB. */
const SHAPES = {
	/** The parts of a document. */
	paragraphs: paragraph,
	/** The same elements with their coordinates on the page. */
	coordinates: (position: number) => ({
		...paragraph(position),
		metadata: {
			...paragraph(position).metadata,
			detection_class_prob: 0.9 + position / 1e5,
			coordinates: {
				points: [
					[position + 0.25, 100.5],
					[position + 0.25, 160.75],
					[position + 900.125, 160.75],
					[position + 900.125, 100.5],
				],
				system: 'PixelSpace',
				layout_width: 1700,
				layout_height: 2200,
			},
		},
	}),
	/** Only one block, to warm up a process. */
	little: paragraph,
	/** Chunks with their vectors. */
	embeddings: (position: number) => ({
		type: 'CompositeElement',
		element_id: id(position),
		text: words(position, 2_000),
		metadata: { ...metadata(position), orig_elements: base64(position, 3_000) },
		embeddings: Array.from({ length: 1_536 }, (_, i) => Math.sin(position * 1_536 + i) / 20),
	}),
	/** Images, which the partitioner adds to the payload by default. */
	images: (position: number) => ({
		type: 'Image',
		element_id: id(position),
		text: words(position, 100),
		metadata: {
			...metadata(position),
			image_mime_type: 'image/jpeg',
			image_base64: base64(position, 250_000),
		},
	}),
	/** Tables of 21 rows. */
	tables: (position: number) => ({
		type: 'Table',
		element_id: id(position),
		text: words(position, 400),
		metadata: {
			...metadata(position),
			text_as_html: `<table><thead><tr><th>No.</th><th colspan="2">Text</th><th>Price</th><th/></tr></thead><tbody>${Array.from({ length: 20 }, (_, i) => row(position * 20 + i)).join('')}</tbody></table>`,
		},
	}),
};

export type Shape = keyof typeof SHAPES;
const SHAPE_NAMES = Object.keys(SHAPES) as Shape[];

const BLOCK_BYTES = 1024 * 1024;

/** About 1 MiB of elements, each followed by a comma. */
function block(shape: Shape): { text: Buffer; elements: number } {
	const parts: string[] = [];
	for (let size = 0; size < BLOCK_BYTES; size += parts.at(-1)?.length ?? 0) {
		parts.push(`${JSON.stringify(SHAPES[shape](parts.length))},`);
	}
	return { text: Buffer.from(parts.join('')), elements: parts.length };
}

async function send(response: ServerResponse, { text }: { text: Buffer }, repeats: number) {
	response.writeHead(200, {
		'content-type': 'application/json',
		'content-length': repeats * text.length + 1,
	});
	response.write('[');
	for (let i = 1; i < repeats; i++) {
		if (!response.write(text)) await new Promise((resolve) => response.once('drain', resolve));
	}
	response.end(`${text.subarray(0, -1).toString()}]`);
}

/**
 * The minimal server for a large output: each job is finished and has one file, whose elements are sent as
 * fast as they are read. The ID of the job is the shape of its elements.
 * @param size bytes of each output, rounded up to a block
 */
export async function startOutputServer(size: number) {
	const blocks = Object.fromEntries(SHAPE_NAMES.map((shape) => [shape, block(shape)]));
	const repeats = (shape: Shape) =>
		shape === 'little' ? 1 : Math.ceil(size / blocks[shape].text.length);
	const server = createServer((request, response) => {
		const [, shape, what] = /\/jobs\/(\w+)\/?([\w-]*)/.exec(request.url ?? '') ?? [];
		if (what === 'download') return void send(response, blocks[shape], repeats(shape as Shape));
		const job = { id: shape, status: 'COMPLETED', input_file_ids: [`${shape}.pdf`] };
		response
			.setHeader('content-type', 'application/json')
			.end(JSON.stringify(what ? { failed_files: [] } : job));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		downloadUrl: (shape: Shape) => `http://127.0.0.1:${port}/api/v1/jobs/${shape}/download`,
		/** The contents of an output. */
		holds: (shape: Shape) => ({
			bytes: repeats(shape) * blocks[shape].text.length + 1,
			elements: repeats(shape) * blocks[shape].elements,
		}),
		close: () =>
			new Promise<void>((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

export type OutputServer = Awaited<ReturnType<typeof startOutputServer>>;
