import {
	NodeOperationError,
	type IBinaryData,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import type { FilePart } from '../transport/multipart';

const CHUNK_BYTES = 256 * 1024;
/** Four characters of base64 are three bytes, so slices of this length decode on their own. */
const BASE64_SLICE = 4 * 256 * 1024;

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

/** n8n's binary object: stored (`id`), or in memory (`data` as base64). */
export const isBinary = (value: unknown): value is IBinaryData =>
	isRecord(value) &&
	typeof value.mimeType === 'string' &&
	(typeof value.id === 'string' || typeof value.data === 'string');

/** What `$binary` gives in an expression: n8n leaves `data` out, so that a file in memory comes without content. */
const isDescription = (value: unknown): value is Record<string, unknown> =>
	isRecord(value) && typeof value.mimeType === 'string' && !isBinary(value);

/**
 * All binaries of an item, in both of n8n's layouts: `item.binary`, or `item.json._files` when combined. Beside binaries
 * `_files` is no more than JSON that somebody made.
 */
function binariesOf({ binary, json }: INodeExecutionData): Map<string, IBinaryData> {
	const entries = Object.entries(binary ?? (isRecord(json._files) ? json._files : {}));
	return new Map(entries.filter((entry): entry is [string, IBinaryData] => isBinary(entry[1])));
}

function atPath(value: unknown, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>(
			(current, step) =>
				isRecord(current) && Object.hasOwn(current, step) ? current[step] : undefined,
			value,
		);
}

function noFileNamed(ctx: IExecuteFunctions, itemIndex: number) {
	return new NodeOperationError(ctx.getNode(), "'Input Binary Field' does not name a file", {
		itemIndex,
		description:
			"Enter the name of the field that holds the file, e.g. data, several names separated by commas, or * for every file. An expression may also give a file itself, e.g. {{ $('Form').item.binary.data }}",
	});
}

function missingFile(ctx: IExecuteFunctions, itemIndex: number, field: string, present: string[]) {
	return new NodeOperationError(
		ctx.getNode(),
		field === '*' ? 'This item has no files' : `This item has no file in the field '${field}'`,
		{
			itemIndex,
			description:
				present.length > 0
					? `Its files are in: ${present.slice(0, 20).join(', ')}. Change 'Input Binary Field', or use * to send every file of the item`
					: "Connect a node that gives files, or filter out items without one before this node. With 'On Error: Continue' the other items go on",
		},
	);
}

const describes = (description: Record<string, unknown>, binary: IBinaryData) =>
	Object.entries(description).every(([key, value]) => binary[key] === value);

/** An array of names and files, or a map of files such as `$binary`. */
const isFileList = (value: unknown): value is unknown[] | Record<string, unknown> =>
	Array.isArray(value) ||
	(isRecord(value) &&
		Object.keys(value).length > 0 &&
		Object.values(value).every((one) => isBinary(one) || isDescription(one)));

/** The binaries that a value of the parameter names: field names, `*`, a binary, or a list or map of those. */
function resolve(
	ctx: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
): Array<[field: string, binary: IBinaryData]> {
	const item = ctx.getInputData()[itemIndex]!;
	const binaries = binariesOf(item);
	if (isBinary(value)) return [['file', value]];
	if (isDescription(value)) {
		const same = [...binaries].find(([, binary]) => describes(value, binary));
		if (same) return [same];
	}
	if (isFileList(value)) {
		return Object.values(value).flatMap((one) => resolve(ctx, itemIndex, one));
	}
	if (typeof value !== 'string') return [];
	const named = (field: string): IBinaryData | undefined => {
		const inJson = atPath(item.json, field);
		return binaries.get(field) ?? (isBinary(inJson) ? inJson : undefined);
	};
	const fields = named(value) ? [value] : value.split(',').map((field) => field.trim());
	return fields.filter(Boolean).flatMap((field) => {
		const found = field === '*' ? [...binaries] : [[field, named(field)] as const];
		const present = found.filter((entry): entry is [string, IBinaryData] => !!entry[1]);
		if (present.length === 0) throw missingFile(ctx, itemIndex, field, [...binaries.keys()]);
		return present;
	});
}

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

async function toPart(
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

/**
 * The files of one item that the parameter `binaryPropertyName` asks for, in order, not opened yet.
 * Throws a NodeOperationError for this item when one is missing or empty.
 */
export async function inputFiles(
	ctx: IExecuteFunctions,
	itemIndex: number,
	parameter: unknown,
): Promise<FilePart[]> {
	const named = resolve(ctx, itemIndex, parameter);
	if (named.length === 0) throw noFileNamed(ctx, itemIndex);
	const parts: FilePart[] = [];
	for (const [field, binary] of named) {
		const part = await toPart(ctx, itemIndex, field, binary);
		if (part.size === 0) {
			throw new NodeOperationError(ctx.getNode(), `The file '${part.name}' is empty`, {
				itemIndex,
				description: 'Unstructured can make nothing of 0 bytes. Check the node that made the file',
			});
		}
		parts.push(part);
	}
	return parts;
}
