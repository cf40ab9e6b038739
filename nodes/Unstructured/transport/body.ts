import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { isTooDeep } from './json';
import { redactAll } from './redact';

/** A readable stream of bytes; named this way because the rules for nodes forbid importing `stream`. */
export type BodyStream = Awaited<ReturnType<IExecuteFunctions['helpers']['getBinaryStream']>>;

interface Watch {
	/** Unix milliseconds at which the body must be complete. */
	deadline?: number;
	/** Milliseconds that each further 16 kB may take. */
	idleMs?: number;
	signal?: AbortSignal;
}

interface BodyLimits extends Watch {
	/** A 2xx answer is read whole; of any other one, only as much as a message needs. */
	ok: boolean;
	/** What is taken out of the body before anybody looks at it: the key, should the server echo it. */
	secret: string;
}

const ERROR_BODY_BYTES = 64 * 1024;
/** After decompression. A list of 20,000 jobs with their files is half of it; outputs of files do not come this way. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Codes of an answer that is longer, and of an output that is no list of elements or broke off. */
export const UNREADABLE = 'UNREADABLE';
export const TOO_LARGE = 'TOO_LARGE';
const LOOK_EVERY_MS = 200;
/** A server that gives a byte a second would otherwise hold the execution for days. */
const LEAST_BYTES = 16_000;

/** Tells a body that was ended for its slowness from one that broke off by itself. */
const tooSlow = () =>
	Object.assign(new Error('Answer not complete in time'), { code: 'ETIMEDOUT' });

/**
 * Ends a body that takes too long, or whose execution was stopped: n8n's time-out ends with the headers, and its cancel
 * does not always reach a body that hangs.
 */
export async function watch(
	stream: BodyStream,
	{ deadline = Infinity, idleMs = Infinity, signal }: Watch,
) {
	let since = Date.now();
	let bytes = 0;
	await sleep(LOOK_EVERY_MS);
	// Only now, when its reader is there: a listener that came first would make the bytes flow past it.
	stream.on('data', (chunk: Buffer) => {
		bytes += chunk.length;
		if (bytes < LEAST_BYTES) return;
		bytes = 0;
		since = Date.now();
	});
	while (!stream.destroyed && !stream.readableEnded) {
		const isLate = Date.now() > deadline || Date.now() - since > idleMs;
		if (signal?.aborted || isLate) stream.destroy(tooSlow());
		await sleep(LOOK_EVERY_MS);
	}
}

/** Undefined when it isn't JSON, or nested deeper than n8n could carry. */
export function parseAnswer(text: string): unknown {
	try {
		return isTooDeep(text) ? undefined : JSON.parse(text);
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
	void watch(stream, limits);
	try {
		for await (const chunk of stream as AsyncIterable<Buffer>) {
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
