import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { UnreadableBody, type BodyStream } from '../../transport/body';
import { cleanFileName } from '../../transport/fileNames';

/** Bytes that n8n's storage has of a file; in memory mode the item itself has them, as base64. */
async function storedBytes(ctx: IExecuteFunctions, { id, data }: IBinaryData): Promise<number> {
	if (!id) return Buffer.byteLength(data, 'base64');
	return Number((await ctx.helpers.getBinaryMetadata(id)).fileSize);
}

/**
 * Puts a file into n8n's binary storage. Throws an UnreadableBody when not all of its bytes are there afterwards, so it is
 * fetched again.
 * @param size bytes of the content, asked for when it was stored
 */
export async function storeFile(
	ctx: IExecuteFunctions,
	content: Buffer | BodyStream,
	{ name, type, size }: { name: string; type: string; size: () => number },
): Promise<IBinaryData> {
	const binary = await ctx.helpers.prepareBinaryData(content, cleanFileName(name), type);
	const stored = await storedBytes(ctx, binary);
	if (stored === size()) return binary;
	throw new UnreadableBody(
		`was not stored whole: ${stored} of ${size()} bytes`,
		"Run this node again. If it happens again, check n8n's binary data storage.",
		true,
	);
}
