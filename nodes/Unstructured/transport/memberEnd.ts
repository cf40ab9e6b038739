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
