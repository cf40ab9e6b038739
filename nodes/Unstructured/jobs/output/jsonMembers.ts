import { DEEPEST_LEVEL } from '../../transport/json';

const [QUOTE, BACKSLASH, OPEN_BRACKET, CLOSE_BRACKET] = [0x22, 0x5c, 0x5b, 0x5d];

const [PLAIN, TEXT, OPENING, CLOSING, COMMA] = [0, 1, 2, 3, 4];

/** What a byte outside of texts means, by its value; most mean nothing. */
function meanings(marks: Record<string, number>): Uint8Array {
	const table = new Uint8Array(256);
	for (const [characters, meaning] of Object.entries(marks)) {
		for (const byte of Buffer.from(characters)) table[byte] = meaning;
	}
	return table;
}

const INSIDE = { '"': TEXT, '[{': OPENING, ']}': CLOSING };
const IN_MEMBER = meanings(INSIDE);
const BETWEEN = meanings({ ...INSIDE, ',': COMMA });

/** From here on, searching natively is faster than looking at each byte. */
const LONG_TEXT = 16;

/** The position of the quote that ends a text; the length when it goes on, one more when a backslash is last. */
function textEnd(bytes: Buffer, from: number): number {
	const { length } = bytes;
	const nearby = Math.min(length, from + LONG_TEXT);
	let at = from;
	for (; at < nearby; at++) {
		const byte = bytes[at];
		if (byte === QUOTE) return at;
		if (byte === BACKSLASH) at++;
	}
	while (at < length) {
		const quote = bytes.indexOf(QUOTE, at);
		const end = quote === -1 ? length : quote;
		let backslashes = 0;
		while (end - backslashes > at && bytes[end - backslashes - 1] === BACKSLASH) backslashes++;
		if (backslashes % 2 === 0) return end;
		at = end + 1;
	}
	return at;
}

/** Looks for the ends of the members of a JSON array, whose bytes come in pieces. It trusts that they are JSON. */
class MemberEnd {
	/** The most levels that objects and lists were nested in. */
	deepest = 0;

	private depth = 0;

	private inText = false;

	/**
	 * @param bytes those that there are, from whichever on
	 * @param from the first that has not been looked at
	 * @returns the position of the comma or bracket that ends the member, or where to go on when more have come: at the
	 *     length, or one further
	 */
	find(bytes: Buffer, from: number): number {
		const { length } = bytes;
		let { depth, inText, deepest } = this;
		let at = from;
		let isEnd = false;
		// Run for each byte of an output: it is a third faster without a property in it.
		while (at < length && !isEnd) {
			if (inText) {
				at = textEnd(bytes, at);
				inText = at >= length;
				if (!inText) at++;
				continue;
			}
			const meaningOf = depth === 0 ? BETWEEN : IN_MEMBER;
			let meaning = PLAIN;
			while (at < length && (meaning = meaningOf[bytes[at]!]!) === PLAIN) at++;
			if (at === length) break;
			if (meaning === TEXT) inText = true;
			else if (meaning === OPENING) depth++;
			else if (meaning === CLOSING && depth > 0) depth--;
			else isEnd = meaning === COMMA || bytes[at] === CLOSE_BRACKET;
			if (depth > deepest) deepest = depth;
			if (!isEnd) at++;
		}
		this.depth = depth;
		this.inText = inText;
		this.deepest = deepest;
		return at;
	}
}

const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Of one element: what a text may have in Node.js is four times as much. Elements with images have some MB. */
const MOST_BYTES = 128 * 1024 * 1024;

/** No SyntaxError, after which the output is fetched again: it would be the same. */
const unusable = (what: string) =>
	new RangeError(
		`${what}. Set 'Output Format' to 'Binary Files' to have the output without it being read`,
	);

export function checkDepth(levels: number) {
	if (levels > DEEPEST_LEVEL) {
		throw unusable(`An element of the output is nested in more than ${DEEPEST_LEVEL} levels`);
	}
}

/** The bytes of a JSON array as they come. Only those of the member that is being read are kept. */
export class MemberReader {
	private bytes = Buffer.allocUnsafe(256 * 1024);

	private length = 0;

	/** Where the member begins. */
	private start = 0;

	/** Up to where it has been looked at; beyond the end after a backslash there. */
	private at = 0;

	private readonly memberEnd = new MemberEnd();

	append(chunk: Buffer) {
		const kept = this.length - this.start;
		if (kept > MOST_BYTES) throw unusable('An element of the output has more than 128 MB');
		const isFull = kept + chunk.length > this.bytes.length;
		const target = isFull ? Buffer.allocUnsafe(2 * (kept + chunk.length)) : this.bytes;
		this.bytes.copy(target, 0, this.start, this.length);
		this.bytes = target;
		this.at -= this.start;
		this.start = 0;
		this.length = kept + chunk.copy(target, kept);
	}

	/** Goes into the array. False when it is none, undefined while nothing but blanks has come. */
	enter(): boolean | undefined {
		while (this.start < this.length && isSpace(this.bytes[this.start]!)) this.start++;
		if (this.start === this.length) return undefined;
		if (this.bytes[this.start] !== OPEN_BRACKET) return false;
		this.start++;
		this.at = this.start;
		return true;
	}

	/** Gives the text from `start` on, and goes behind the byte that ends it. */
	take(end = this.length): string {
		const text = this.bytes.toString('utf8', this.start, end);
		this.start = end + 1;
		this.at = this.start;
		return text;
	}

	/** The next member and whether it is the last one, or undefined when it goes on. */
	next(): { text: string; isLast: boolean } | undefined {
		this.at = this.memberEnd.find(this.bytes.subarray(0, this.length), this.at);
		checkDepth(this.memberEnd.deepest);
		if (this.at >= this.length) return undefined;
		const isLast = this.bytes[this.at] === CLOSE_BRACKET;
		return { text: this.take(this.at).trim(), isLast };
	}
}
