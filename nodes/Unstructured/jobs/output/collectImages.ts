import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { metadataOf, pageOf, type Collector } from './collector';
import { placeName } from './placeName';
import { storeFile } from './storeFile';

const EXTENSIONS: Record<string, string> = {
	'image/bmp': 'bmp',
	'image/gif': 'gif',
	'image/jpeg': 'jpg',
	'image/jpg': 'jpg',
	'image/png': 'png',
	'image/svg+xml': 'svg',
	'image/tiff': 'tiff',
	'image/webp': 'webp',
};

/** How the base64 of each type of image begins. */
const BEGINNINGS: Array<[string, string]> = [
	['iVBORw0KGgo', 'image/png'],
	['/9j/', 'image/jpeg'],
	['R0lGOD', 'image/gif'],
	['UklGR', 'image/webp'],
	['Qk', 'image/bmp'],
];

interface Encoded {
	base64: string;
	type: string;
	page: number | null;
	text: string;
	fileName: () => string;
	/** The image's number in its file, from 1. */
	number: number;
}

function typeOf(base64: string, told: unknown): string {
	if (typeof told === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(told)) return told.toLowerCase();
	const begins = base64.slice(0, 100).replace(/\s+/g, '');
	return BEGINNINGS.find(([begin]) => begins.startsWith(begin))?.[1] ?? 'application/octet-stream';
}

const nameOf = ({ fileName, page, number, type }: Encoded) =>
	placeName(fileName(), page, `image-${number}`, EXTENSIONS[type] ?? 'bin');

/** Decodes base64. Returns undefined if not all of it is base64: Node.js would skip the rest. */
function decode(base64: string): Buffer | undefined {
	const text = /\s/.test(base64) ? base64.replace(/\s+/g, '') : base64;
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	const length = text.length - padding;
	// No bytes have such a length. A skipped character would not show in the number of bytes either.
	if (length % 4 === 1) return undefined;
	const bytes = Buffer.from(text, 'base64');
	return bytes.length === Math.floor((length * 3) / 4) ? bytes : undefined;
}

/** Collects the images of a file, one per item. Each is decoded and stored before more of the output is read. */
export function collectImages(ctx: IExecuteFunctions): Collector {
	const items: INodeExecutionData[] = [];
	const pending: Encoded[] = [];
	let count = 0;

	async function store(image: Encoded) {
		const bytes = decode(image.base64);
		if (!bytes) {
			throw new NodeOperationError(
				ctx.getNode(),
				`Image ${image.number} of the file '${image.fileName()}' is not valid base64`,
				{
					description:
						"To get its text, set 'Output Format' to 'Elements' or 'JSON Files'. It is in the field 'image_base64'.",
				},
			);
		}
		const file = { name: nameOf(image), type: image.type, size: () => bytes.length };
		const data = await storeFile(ctx, bytes, file);
		items.push({ json: { page_number: image.page, text: image.text }, binary: { data } });
	}

	return {
		add(member, fileName) {
			const { image_base64: encoded, image_mime_type: told } = metadataOf(member);
			if (typeof encoded !== 'string' || encoded === '') return;
			const [, type, base64 = encoded] = /^data:([^;,]*)[^,]*,(.*)$/s.exec(encoded) ?? [];
			const text = String((member as { text?: unknown }).text ?? '');
			const number = ++count;
			const page = pageOf(member);
			pending.push({ base64, type: typeOf(base64, told ?? type), page, text, fileName, number });
		},
		async settle() {
			for (let image = pending.shift(); image; image = pending.shift()) await store(image);
		},
		finish: () => ({ items, isEmpty: items.length === 0 }),
	};
}
