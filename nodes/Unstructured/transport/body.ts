import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { isTooDeep } from './json';
import { redactAll } from './redact';

/** A readable stream of bytes; named this way because the rules for nodes forbid importing `stream`. */
export type BodyStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

export interface ReadLimits {
	/** Unix milliseconds at which the body must be complete. */
	deadline?: number;
	/** Milliseconds that each further 16 kB may take. */
	idleMs?: number;
	signal?: AbortSignal;
}

interface BodyLimits extends ReadLimits {
	/** A 2xx answer is read whole; of any other one, only as much as a message needs. */
	ok: boolean;
	/** What is taken out of the body before anybody looks at it: the key, should the server echo it. */
	secret: string;
}

const ERROR_BODY_BYTES = 64 * 1024;
/** After decompression. A list of 20,000 jobs with their files is half of it; outputs of files do not come this way. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Code of an answer that is longer. */
export const TOO_LARGE = 'TOO_LARGE';
const LOOK_EVERY_MS = 200;
/** A server that gives a byte a second would otherwise hold the execution for days. */
const LEAST_BYTES = 16_000;

/** A body that came, but is not what was asked for. */
export class UnreadableBody extends SyntaxError {
	/**
	 * @param message what is wrong with the body, as the end of a sentence about it
	 * @param description what to do about it
	 * @param mayPass whether another request may bring a good one
	 */
	constructor(
		message: string,
		readonly description: string,
		readonly mayPass: boolean,
	) {
		super(message);
	}
}

/** Tells a body that was ended for its slowness from one that broke off by itself. */
const tooSlow = () =>
	Object.assign(new Error('Answer not complete in time'), { code: 'ETIMEDOUT' });

/** How fast a body comes. The time that its reader takes, e.g. n8n's storage, is not the server's. */
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

	/** Milliseconds that the reader has waited for the last bytes. */
	get idleMs() {
		return this.waitedMs + (this.askedAt === undefined ? 0 : Date.now() - this.askedAt);
	}
}

/**
 * Ends a body that takes too long, or whose execution was stopped: n8n's time-out ends with the headers, and its cancel
 * does not always reach a body that hangs.
 */
async function watch(stream: BodyStream, limits: ReadLimits, pace: Pace) {
	const { deadline = Infinity, idleMs = Infinity, signal } = limits;
	while (!stream.destroyed && !stream.readableEnded) {
		const isLate = Date.now() > deadline || pace.idleMs > idleMs;
		if (signal?.aborted || isLate) stream.destroy(tooSlow());
		await sleep(LOOK_EVERY_MS);
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
 * The bytes of a body, as its one reader asks for them. No byte moves before, however late that is: a "data" listener would
 * start the flow, and a reader that comes later would miss what flowed by. Whoever gets the bytes may stop in the middle,
 * which ends the connection. A body whose bytes are never asked for must be destroyed.
 */
export function readBytes(stream: BodyStream, limits: ReadLimits): AsyncIterable<Buffer> {
	// Thrown to the reader once it is there. Without a listener until then, it would end n8n's process.
	stream.on('error', () => {});
	const pace = new Pace();
	void watch(stream, limits, pace);
	return pulled(stream, pace);
}

/** A stream for n8n's storage, which takes no other source. Its class comes from a stream that there is. */
export function streamOf(chunks: AsyncIterable<Buffer>, like: BodyStream): BodyStream {
	const stream = like.constructor as unknown as {
		from: (chunks: AsyncIterable<Buffer>) => BodyStream;
	};
	return stream.from(chunks);
}

/** Undefined when it isn't JSON, or nested deeper than n8n could carry. */
export function parseAnswer(text: string): unknown {
	try {
		return isTooDeep(text) ? undefined : JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		return undefined;
	}
}

/** Reads an answer's body as text and, where it is JSON, parsed. `broken` is the code of what cut it off. */
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
			// Leaving the loop ends the connection.
			if (size > MOST_BYTES) return { broken: TOO_LARGE };
		}
	} catch (error) {
		if (limits.ok) return { broken: String((error as { code?: unknown }).code ?? 'ECONNABORTED') };
	}
	const text = redactAll(Buffer.concat(chunks).toString('utf8'), [limits.secret]);
	return { text, json: parseAnswer(text) };
}
