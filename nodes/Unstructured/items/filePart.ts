import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { extensionIn, withExtension } from '../transport/fileNames';
import { extensionOf, typeOf } from '../transport/fileTypes';
import type { FilePart } from '../transport/multipart';
import { joinSentences } from '../transport/sentences';
import { readFileObject } from './fileObject';

/** A file of an input item, not opened yet. */
export interface InputFile extends FilePart {
	itemIndex: number;
	/** The file's name in the item, or the name of its field. The name to send is `name`, with an extension if one is known. */
	originalName: string;
}

const CHUNK_BYTES = 256 * 1024;
const CREATE_AGAIN = 'Run the node that created the file again';

async function storedSize(ctx: IExecuteFunctions, id: string, name: string, itemIndex: number) {
	let size: unknown;
	let cause = new Error('No size');
	try {
		size = (await ctx.helpers.getBinaryMetadata(id)).fileSize;
	} catch (error) {
		cause = error as Error;
	}
	if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return size;
	throw new NodeOperationError(ctx.getNode(), cause, {
		itemIndex,
		message: `The file '${name}' is no longer in n8n's binary storage`,
		description: joinSentences(CREATE_AGAIN),
	});
}

/** Streams a stored file and checks its size. axios sends the size as Content-Length, and a shorter body would hang. */
async function* readStored(ctx: IExecuteFunctions, id: string, name: string, size: number) {
	const unreadable = (error?: unknown) =>
		new NodeOperationError(ctx.getNode(), (error as Error) ?? 'Size changed', {
			message: `The file '${name}' could not be read completely from n8n's binary storage`,
			description: joinSentences('No job was started', CREATE_AGAIN),
		});
	let sent = 0;
	try {
		// Each read allocates a buffer of the full chunk size, even for a small file.
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

/**
 * Converts a file of an item to a form part. Its size is that of the bytes to send, whatever the object claims. Throws a
 * NodeOperationError for the item if the content can't be read.
 */
export async function toPart(
	ctx: IExecuteFunctions,
	itemIndex: number,
	field: string,
	file: Record<string, unknown>,
): Promise<InputFile> {
	const facts = readFileObject(file);
	const { source } = facts;
	const originalName = facts.name ?? field;
	const known = facts.extension ?? (facts.type && extensionOf(facts.type));
	const name = withExtension(originalName, known);
	const type = facts.type ?? typeOf(extensionIn(name) ?? '') ?? 'application/octet-stream';
	const part = { itemIndex, originalName, name, type };
	if ('content' in source) return { ...part, ...source.content };
	if ('id' in source) {
		const size = await storedSize(ctx, source.id, originalName, itemIndex);
		return { ...part, size, stream: () => readStored(ctx, source.id, originalName, size) };
	}
	throw new NodeOperationError(
		ctx.getNode(),
		`Could not read the file '${originalName}': ${source.finding}`,
		{
			itemIndex,
			description:
				"Create the file with a node such as Convert to File, or with 'this.helpers.prepareBinaryData()' in a Code node. Nothing was sent.",
		},
	);
}
