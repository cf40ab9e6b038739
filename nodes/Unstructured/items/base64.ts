/** The length of a slice. A multiple of four, because four characters of base64 are three bytes. */
const SLICE = 4 * 256 * 1024;

/** The bytes of a file in memory, and their number. */
export interface Content {
	size: number;
	stream: () => AsyncIterable<Uint8Array>;
}

/** Decodes one slice at a time, so a file in memory gets no second copy. */
async function* decodeSlices(base64: string) {
	for (let at = 0; at < base64.length; at += SLICE) {
		yield Buffer.from(base64.slice(at, at + SLICE), 'base64');
	}
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The bits of the last character that belong to no byte, by the number of characters after the last group of four. */
const SPARE_BITS = [0, undefined, 0b1111, 0b11];

/**
 * Decodes a base64 text after checking all of it. Line breaks and missing padding are accepted. Returns undefined for any
 * other text: Node.js would decode it anyway, to fewer bytes than its length implies.
 */
export function decodeBase64(text: string): Content | undefined {
	// n8n writes no line breaks, and then no copy is made.
	const base64 = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, '') : text;
	// No quantifier: it would overflow the stack on a text of hundreds of megabytes.
	const firstOther = base64.search(/[^A-Za-z0-9+/]/);
	const end = firstOther === -1 ? base64.length : firstOther;
	const padding = base64.slice(end);
	if (padding && (base64.length % 4 !== 0 || !['=', '=='].includes(padding))) return undefined;
	const spareBits = SPARE_BITS[end % 4];
	if (spareBits === undefined) return undefined;
	// An encoder sets the spare bits to zero. Words that only resemble base64 mostly don't.
	if (spareBits && (ALPHABET.indexOf(base64[end - 1]!) & spareBits) !== 0) return undefined;
	return { size: Math.floor((end * 3) / 4), stream: () => decodeSlices(base64) };
}
