import { DEEPEST_LEVEL } from '../../transport/json';

const [QUOTE, BACKSLASH, CLOSE_BRACKET] = [0x22, 0x5c, 0x5d];

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

/** From here on, searching natively is faster than testing each byte. */
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

/** Finds the ends of the members of a JSON array, whose bytes come in pieces. It trusts that they are JSON. */
export class MemberEnd {
	/** The most levels that objects and lists were nested in. */
	deepest = 0;

	/** Set for objects that follow each other without a list around them: each ends with its own bracket. */
	endsAlone = false;

	private depth = 0;

	private inText = false;

	/** Whether a text, an object or a list has begun and not ended. */
	get isOpen() {
		return this.inText || this.depth > 0;
	}

	/**
	 * @param bytes those that there are, from whichever on
	 * @param from the first that has not been tested
	 * @returns the position of the comma or bracket that ends the member, or where to continue when more have come: at the
	 *     length, or one further
	 */
	find(bytes: Buffer, from: number): number {
		const { length } = bytes;
		const { endsAlone } = this;
		let { depth, inText, deepest } = this;
		let at = from;
		let isEnd = false;
		// Runs for each byte of an output: it is a third faster without a property in it.
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
			else if (meaning === CLOSING && depth > 0) {
				depth--;
				isEnd = endsAlone && depth === 0;
			} else isEnd = meaning === COMMA || bytes[at] === CLOSE_BRACKET;
			if (depth > deepest) deepest = depth;
			if (!isEnd) at++;
		}
		this.depth = depth;
		this.inText = inText;
		this.deepest = deepest;
		return at;
	}
}

/** Of one element: what a text may have in Node.js is four times as much. Elements with images have some MB. */
export const MOST_BYTES = 128 * 1024 * 1024;

/** Not retried: the output would be the same. */
const unusable = (what: string) =>
	new RangeError(`${what}. Set 'Output Format' to 'JSON Files' to get the output as it is`);

export function checkDepth(levels: number) {
	if (levels > DEEPEST_LEVEL) {
		throw unusable(`An element of the output is nested in more than ${DEEPEST_LEVEL} levels`);
	}
}

const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** A member of a JSON text; without its text when it was only looked through, because it is too large or too deep. */
export interface Member {
	text?: string;
	/** The byte that ends it. */
	end: number;
}

/** The bytes of a JSON text as they come. Only those of the member that is being read are kept. */
export class MemberReader {
	private bytes = Buffer.allocUnsafe(256 * 1024);

	private length = 0;

	/** Where the member begins. */
	private start = 0;

	/** Up to where it has been tested; beyond the end after a backslash there. */
	private at = 0;

	/** The beginning of this member was dropped. */
	private isPart = false;

	private memberEnd = new MemberEnd();

	/** @param mayDrop members that are too large or too deep are dropped, instead of throwing a RangeError */
	constructor(
		private readonly mayDrop: boolean,
		private readonly mostBytes = MOST_BYTES,
	) {}

	append(chunk: Buffer) {
		if (this.length - this.start > this.mostBytes) this.drop();
		const kept = this.length - this.start;
		const isFull = kept + chunk.length > this.bytes.length;
		const target = isFull ? Buffer.allocUnsafe(2 * (kept + chunk.length)) : this.bytes;
		this.bytes.copy(target, 0, this.start, this.length);
		this.bytes = target;
		this.at -= this.start;
		this.start = 0;
		this.length = kept + chunk.copy(target, kept);
	}

	private drop() {
		if (!this.mayDrop) throw unusable('An element of the output has more than 128 MB');
		this.isPart = true;
		this.start = this.length;
	}

	/** The first bytes that have not been read. */
	head(count: number): Buffer {
		return this.bytes.subarray(this.start, Math.min(this.start + count, this.length));
	}

	skip(count: number) {
		this.start += count;
		this.at = this.start;
	}

	/** Skips spaces. The byte that comes next; undefined when there is none yet. */
	peek(): number | undefined {
		while (this.start < this.length && isSpace(this.bytes[this.start]!)) this.start++;
		this.at = Math.max(this.at, this.start);
		return this.start < this.length ? this.bytes[this.start] : undefined;
	}

	/** From now on, the members are objects that follow each other without a list around them. */
	expectObjects() {
		this.memberEnd.endsAlone = true;
	}

	/** The next member and the byte that ends it; undefined while it goes on. */
	next(): Member | undefined {
		const { memberEnd } = this;
		this.at = memberEnd.find(this.bytes.subarray(0, this.length), this.at);
		const isDeep = memberEnd.deepest > DEEPEST_LEVEL;
		if (isDeep && !this.mayDrop) checkDepth(memberEnd.deepest);
		if (this.at >= this.length) return undefined;
		const { at, start, isPart } = this;
		const end = this.bytes[at]!;
		const after = at + 1;
		const textStop = memberEnd.endsAlone ? after : at;
		this.skip(after - start);
		this.isPart = false;
		memberEnd.deepest = 0;
		if (isPart || isDeep) return { end };
		return { text: this.bytes.toString('utf8', start, textStop).trim(), end };
	}

	/** Whether what has come ends in the middle of a text, an object or a list. */
	get isOpen() {
		return this.memberEnd.isOpen;
	}

	/** All that has not been read; undefined when its beginning was dropped. */
	rest(): string | undefined {
		const text = this.bytes.toString('utf8', this.start, this.length);
		this.skip(this.length - this.start);
		return this.isPart ? undefined : text;
	}
}
