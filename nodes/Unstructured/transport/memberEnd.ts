const [QUOTE, BACKSLASH, CLOSE_BRACKET] = [0x22, 0x5c, 0x5d];

const [PLAIN, TEXT, OPENING, CLOSING, COMMA] = [0, 1, 2, 3, 4];

/** Returns a table with the meaning of each byte outside of texts. Most bytes mean nothing. */
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

/** The length from which a native search is faster than testing each byte. */
const LONG_TEXT = 16;

/** Returns the position of the quote that ends a text: the length if the text continues, one more after a last backslash. */
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

/** Finds the ends of the members of a JSON array whose bytes arrive in chunks. It does not validate the JSON. */
export class MemberEnd {
	/** The deepest nesting of objects and lists so far. */
	deepest = 0;

	/** Whether the objects follow each other without a list around them, so each ends with its own bracket. */
	endsAlone = false;

	private depth = 0;

	private inText = false;

	/** Whether a text, an object, or a list is incomplete. */
	get isOpen() {
		return this.inText || this.depth > 0;
	}

	/**
	 * Finds the end of the current member.
	 * @param bytes the bytes so far, from any position on
	 * @param from the first byte that was not tested yet
	 * @returns the position of the comma or bracket that ends the member. Without one, where to continue when more bytes have
	 *     arrived: at the length, or one further
	 */
	find(bytes: Buffer, from: number): number {
		const { length } = bytes;
		const { endsAlone } = this;
		let { depth, inText, deepest } = this;
		let at = from;
		let isEnd = false;
		// This loop runs for each byte of an output. It is a third faster without access to properties.
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
