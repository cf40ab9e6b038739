import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { UnreadableBody, type BodyStream } from '../../transport/body';
import { cleanFileName } from '../../transport/fileNames';

/** Returns how many bytes of a file n8n stored. In memory mode, the item itself contains them as base64. */
async function storedBytes(ctx: IExecuteFunctions, { id, data }: IBinaryData): Promise<number> {
	if (!id) return Buffer.byteLength(data, 'base64');
	return Number((await ctx.helpers.getBinaryMetadata(id)).fileSize);
}

/**
 * Stores a file in n8n's binary storage. Throws an UnreadableBody if not all bytes were stored, so it is fetched again.
 * @param size returns the bytes of the content, called after it was stored
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
		`was not stored completely: ${stored} of ${size()} bytes`,
		"Run this node again. If it happens again, check n8n's binary data storage.",
		true,
	);
}
