import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { isTooDeep } from './json';
import { redactAll } from './redact';

/** A readable stream of bytes. Its type comes from n8n, because the lint rules for nodes forbid importing `stream`. */
export type BodyStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

export interface ReadLimits {
	/** Unix milliseconds at which the body must be complete. */
	deadline?: number;
	/** The longest time in milliseconds for each further 16 kB. */
	idleMs?: number;
	signal?: AbortSignal;
}

interface BodyLimits extends ReadLimits {
	/** Whether the response is a 2xx and is read to its end. Any other is read only as far as an error text needs. */
	ok: boolean;
	/** The API key. It is masked in the body, in case the server echoes it. */
	secret: string;
}

const ERROR_BODY_BYTES = 64 * 1024;
/** The limit after decompression. A list of 20,000 jobs with their files has half of it. Outputs of files are streamed instead. */
const MOST_BYTES = 64 * 1024 * 1024;
/** The code for a longer response. */
export const TOO_LARGE = 'TOO_LARGE';
const CHECK_EVERY_MS = 200;
/** Without a minimum, a server that sends a byte per second could block the execution for days. */
const LEAST_BYTES = 16_000;

/** A body that arrived, but is not what was requested. */
export class UnreadableBody extends SyntaxError {
	/**
	 * @param message what is wrong with the body, as the end of a sentence whose subject is the body
	 * @param description what to do next, in full sentences
	 * @param mayPass whether a retry may return a good one
	 */
	constructor(
		message: string,
		readonly description: string,
		readonly mayPass: boolean,
	) {
		super(message);
	}
}

/** Distinguishes a body that was stopped for being too slow from one that ended early by itself. */
const tooSlow = () =>
	Object.assign(new Error('The response was not complete in time'), { code: 'ETIMEDOUT' });

/** Measures how fast a body arrives. It excludes the time of the reader, such as n8n's storage. */
class Pace {
	private bytes = 0;

	private waitedMs = 0;

	private askedAt: number | undefined;

	ask() {
		this.askedAt = Date.now();
	}

	arrive(bytes: number) {
		this.waitedMs = this.idleMs;
		this.askedAt = undefined;
		this.bytes += bytes;
		if (this.bytes < LEAST_BYTES) return;
		this.bytes = 0;
		this.waitedMs = 0;
	}

	/** How long the reader has waited for the last bytes, in milliseconds. */
	get idleMs() {
		return this.waitedMs + (this.askedAt === undefined ? 0 : Date.now() - this.askedAt);
	}
}

/**
 * Stops a body that takes too long or whose execution was canceled. n8n's timeout ends with the headers, and its cancel
 * signal does not always reach a body that hangs.
 */
async function watch(stream: BodyStream, limits: ReadLimits, pace: Pace) {
	const { deadline = Infinity, idleMs = Infinity, signal } = limits;
	while (!stream.destroyed && !stream.readableEnded) {
		const isLate = Date.now() > deadline || pace.idleMs > idleMs;
		if (signal?.aborted || isLate) stream.destroy(tooSlow());
		await sleep(CHECK_EVERY_MS);
	}
}

async function* pulled(stream: BodyStream, pace: Pace): AsyncGenerator<Buffer> {
	pace.ask();
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		pace.arrive(chunk.length);
		yield chunk;
		pace.ask();
	}
}

/**
 * Returns the bytes of a body as its only reader requests them. Uses no "data" listener: it would start the flow, and a later
 * reader would miss bytes. The reader may stop in the middle, which closes the connection. A body that is never read must be
 * destroyed.
 */
export function readBytes(stream: BodyStream, limits: ReadLimits): AsyncIterable<Buffer> {
	// The reader receives the error when it starts. Without a listener until then, the error would end n8n's process.
	stream.on('error', () => {});
	const pace = new Pace();
	void watch(stream, limits, pace);
	return pulled(stream, pace);
}

/** Creates a stream for n8n's storage, which accepts no other source. The class comes from an existing stream. */
export function streamOf(chunks: AsyncIterable<Buffer>, like: BodyStream): BodyStream {
	const stream = like.constructor as unknown as {
		from: (chunks: AsyncIterable<Buffer>) => BodyStream;
	};
	return stream.from(chunks);
}

/** Parses a body. Returns undefined if it is not JSON, or nested too deep for n8n. */
export function parseAnswer(text: string): unknown {
	try {
		return isTooDeep(text) ? undefined : JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}

/** Reads a response body as text, and parses it if it is JSON. `broken` is the code of what interrupted it. */
export async function readBody(
	stream: BodyStream,
	limits: BodyLimits,
): Promise<{ text: string; json: unknown } | { broken: string }> {
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of readBytes(stream, limits)) {
			chunks.push(chunk);
			size += chunk.length;
			if (!limits.ok && size >= ERROR_BODY_BYTES) break;
			// Leaving the loop closes the connection.
			if (size > MOST_BYTES) return { broken: TOO_LARGE };
		}
	} catch (error) {
		if (limits.ok) return { broken: String((error as { code?: unknown }).code ?? 'ECONNABORTED') };
	}
	const text = redactAll(Buffer.concat(chunks).toString('utf8'), [limits.secret]);
	return { text, json: parseAnswer(text) };
}
