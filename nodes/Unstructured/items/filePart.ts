import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import type { FilePart } from '../transport/multipart';

const CHUNK_BYTES = 256 * 1024;
/** Four characters of base64 are three bytes, so slices of this length decode on their own. */
const BASE64_SLICE = 4 * 256 * 1024;

async function storedSize(ctx: IExecuteFunctions, id: string, name: string, itemIndex: number) {
	try {
		return (await ctx.helpers.getBinaryMetadata(id)).fileSize;
	} catch (error) {
		throw new NodeOperationError(ctx.getNode(), error as Error, {
			itemIndex,
			message: `The file '${name}' is no longer in n8n's binary storage`,
			description: 'Run the node that made the file again',
		});
	}
}

/** A stored file, checked against its size: axios promises it in Content-Length, and a shorter body would hang. */
async function* readStored(ctx: IExecuteFunctions, id: string, name: string, size: number) {
	const unreadable = (error?: unknown) =>
		new NodeOperationError(ctx.getNode(), (error as Error) ?? 'Size changed', {
			message: `The file '${name}' could not be read to its end from n8n's binary storage`,
			description: 'No job was started. Run the node that made the file again',
		});
	let sent = 0;
	try {
		// Each read gets a buffer of the whole chunk size, however small the file is.
		const chunkBytes = Math.min(CHUNK_BYTES, size + 1);
		for await (const chunk of await ctx.helpers.getBinaryStream(id, chunkBytes)) {
			sent += (chunk as Buffer).length;
			if (sent > size) break;
			yield chunk as Buffer;
		}
	} catch (error) {
		throw unreadable(error);
	}
	if (sent !== size) throw unreadable();
}

/** Decodes a slice at a time, so that a file held in memory gets no second copy. */
function* decodeSlices(base64: string) {
	for (let at = 0; at < base64.length; at += BASE64_SLICE) {
		yield Buffer.from(base64.slice(at, at + BASE64_SLICE), 'base64');
	}
}

function inMemory(base64: string): Pick<FilePart, 'size' | 'stream'> {
	// Only base64 without line breaks, as n8n writes it, can be cut anywhere.
	const regular = base64.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(base64);
	if (!regular) {
		const bytes = Buffer.from(base64, 'base64');
		return {
			size: bytes.length,
			stream: async function* () {
				yield bytes;
			},
		};
	}
	return {
		size: Buffer.byteLength(base64, 'base64'),
		stream: async function* () {
			yield* decodeSlices(base64);
		},
	};
}

/** A name for the upload when the file has none: the platform may tell the type by the extension. */
const fileName = (field: string, { fileName: name, fileExtension }: IBinaryData) =>
	name?.trim() || (fileExtension ? `${field}.${fileExtension}` : field);

export async function toPart(
	ctx: IExecuteFunctions,
	itemIndex: number,
	field: string,
	binary: IBinaryData,
): Promise<FilePart> {
	const { id, mimeType: type } = binary;
	const name = fileName(field, binary);
	if (!id) return { name, type, ...inMemory(binary.data) };
	const size = await storedSize(ctx, id, name, itemIndex);
	return { name, type, size, stream: () => readStored(ctx, id, name, size) };
}
