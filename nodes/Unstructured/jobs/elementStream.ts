const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [0x5b, 0x5d, 0x7b, 0x7d];

const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Finds the ends of the members of a JSON array in its bytes, without parsing them. */
class MemberScanner {
	private depth = 0;

	private inString = false;

	/** Backslashes right before the next byte, inside a string. */
	private backslashes = 0;

	/** The position behind the string that `from` is in, or the end of the chunk. */
	private skipString(chunk: Buffer, from: number): number {
		for (let at = from; ; ) {
			const quote = chunk.indexOf(QUOTE, at);
			const end = quote === -1 ? chunk.length : quote;
			let run = 0;
			while (run < end - at && chunk[end - 1 - run] === BACKSLASH) run++;
			const escapes = run === end - at ? run + this.backslashes : run;
			if (quote === -1) {
				this.backslashes = escapes;
				return chunk.length;
			}
			this.backslashes = 0;
			at = quote + 1;
			if (escapes % 2 === 0) {
				this.inString = false;
				return at;
			}
		}
	}

	/** The position of the comma or bracket that ends the member `from` is in, or -1 when it goes on. */
	memberEnd(chunk: Buffer, from: number): number {
		for (let at = from; at < chunk.length; at++) {
			if (this.inString) {
				at = this.skipString(chunk, at) - 1;
				continue;
			}
			const byte = chunk[at]!;
			if (byte === QUOTE) this.inString = true;
			else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth++;
			else if (this.depth > 0 && (byte === CLOSE_BRACE || byte === CLOSE_BRACKET)) this.depth--;
			else if (this.depth === 0 && (byte === COMMA || byte === CLOSE_BRACKET)) return at;
		}
		return -1;
	}
}

/** The members of a body that is no array: a JSON text in a JSON string, or an object around the list (unstructured-api.md 6.7). */
function membersOf(json: unknown): unknown[] {
	const value: unknown = typeof json === 'string' ? JSON.parse(json) : json;
	if (Array.isArray(value)) return value;
	const inside = (value as { elements?: unknown } | null)?.elements;
	if (Array.isArray(inside)) return inside;
	throw new SyntaxError('The output is not a list of elements');
}

/**
 * Parses a JSON array while it arrives, one member at a time, so that nothing but its members is kept. Throws a
 * SyntaxError when it isn't JSON or breaks off.
 */
export async function* parseElements(body: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
	const scanner = new MemberScanner();
	let kept: Buffer[] = [];
	let isArray: boolean | undefined;
	let isClosed = false;
	for await (const chunk of body) {
		let at = 0;
		if (isArray === undefined) {
			while (at < chunk.length && isSpace(chunk[at]!)) at++;
			if (at === chunk.length) continue;
			isArray = chunk[at] === OPEN_BRACKET;
			if (isArray) at++;
		}
		while (isArray && !isClosed) {
			const end = scanner.memberEnd(chunk, at);
			if (end === -1) break;
			const text = Buffer.concat([...kept, chunk.subarray(at, end)])
				.toString('utf8')
				.trim();
			kept = [];
			at = end + 1;
			isClosed = chunk[end] === CLOSE_BRACKET;
			if (text || !isClosed) yield JSON.parse(text) as unknown;
		}
		if (!isClosed) kept.push(chunk.subarray(at));
	}
	if (isArray && !isClosed) throw new SyntaxError('The output broke off');
	if (!isArray) yield* membersOf(JSON.parse(Buffer.concat(kept).toString('utf8')));
}
