import type { IBinaryData, IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { streamOf } from '../../transport/body';
import type { DownloadBody } from '../../transport/download';
import { OutputParser } from './parseElements';
import { storeFile } from './storeFile';

const TYPE = 'application/json';

/** A stored output. */
export interface StoredOutput {
	data: IBinaryData;
	/** The first member of the output. */
	first: unknown;
	isEmpty: boolean;
}

/** Rewrites an output as JSON that every JSON parser reads as this output. */
async function* rewritten(bytes: AsyncIterable<Buffer>, isObject: boolean) {
	const [open, comma, close] = isObject ? ['', '', ''] : ['[', ',', ']'];
	const texts: string[] = [];
	let separator = open;
	const parser = new OutputParser((member) => {
		texts.push(separator, JSON.stringify(member));
		separator = comma;
	});
	for await (const chunk of bytes) {
		parser.push(chunk);
		if (texts.length > 0) yield Buffer.from(texts.splice(0).join(''));
	}
	parser.end();
	if (separator === open) texts.push(open);
	yield Buffer.from([...texts, close].join(''));
}

async function* bytesOf(ctx: IExecuteFunctions, { id, data }: IBinaryData) {
	if (id) yield* (await ctx.helpers.getBinaryStream(id)) as AsyncIterable<Buffer>;
	else yield Buffer.from(data, 'base64');
}

/** Stores chunks in n8n's storage. Throws the error of their source, whatever the storage turns it into. */
async function storeChunks(
	ctx: IExecuteFunctions,
	name: string,
	chunks: AsyncIterable<Buffer>,
	like: DownloadBody['stream'],
) {
	let size = 0;
	let failure: unknown;
	async function* counted() {
		try {
			for await (const chunk of chunks) {
				size += chunk.length;
				yield chunk;
			}
		} catch (error) {
			failure = error;
			throw error as NodeOperationError;
		}
	}
	const file = { name, type: TYPE, size: () => size };
	const stored = await storeFile(ctx, streamOf(counted(), like), file).then(
		(binary) => ({ binary }),
		(error: unknown) => ({ error }),
	);
	if ('binary' in stored) return stored.binary;
	throw (failure ?? stored.error) as NodeOperationError;
}

/**
 * Stores an output in n8n's binary storage as a JSON file while it arrives, and checks that it is complete. The bytes stay
 * unchanged, unless some JSON parsers could not read them as this output.
 */
export async function storeOutput(
	ctx: IExecuteFunctions,
	{ bytes, stream }: DownloadBody,
	fileName: string,
): Promise<StoredOutput> {
	// `a.pdf.json` for `a.pdf`, because a job may have an `a.docx` too.
	const name = `${fileName}.json`;
	let first: unknown;
	let isEmpty = true;
	const parser = new OutputParser((member) => {
		first ??= member;
		isEmpty = false;
	}, true);
	async function* checked() {
		for await (const chunk of bytes) {
			parser.push(chunk);
			yield chunk;
		}
		parser.end();
	}
	let data = await storeChunks(ctx, name, checked(), stream);
	if (!parser.isPlain && !parser.hasSkipped) {
		data = await storeChunks(ctx, name, rewritten(bytesOf(ctx, data), parser.isObject), stream);
	}
	return { data, first, isEmpty };
}
