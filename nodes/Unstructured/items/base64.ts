/** Four characters of base64 are three bytes, so slices of this length decode on their own. */
const SLICE = 4 * 256 * 1024;

/** Bytes in memory: their number, and the bytes themselves. */
export interface Content {
	size: number;
	stream: () => AsyncIterable<Uint8Array>;
}

/** Decodes a slice at a time, so that a file held in memory gets no second copy. */
async function* decodeSlices(base64: string) {
	for (let at = 0; at < base64.length; at += SLICE) {
		yield Buffer.from(base64.slice(at, at + SLICE), 'base64');
	}
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bits of the last character that no byte takes, by the number of characters after the last group of four. */
const SPARE_BITS = [0, undefined, 0b1111, 0b11];

/**
 * The bytes of a base64 text, which is checked as a whole. It may have line breaks, and its padding may be missing. Undefined
 * for any other text: Node.js would make bytes of it anyway, and fewer than its length says.
 */
export function decodeBase64(text: string): Content | undefined {
	// As n8n writes it, it has no line breaks, and no copy is made.
	const base64 = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, '') : text;
	// No quantifier: on a text of hundreds of megabytes it would need a stack of that size.
	const firstOther = base64.search(/[^A-Za-z0-9+/]/);
	const end = firstOther === -1 ? base64.length : firstOther;
	const padding = base64.slice(end);
	if (padding && (base64.length % 4 !== 0 || !['=', '=='].includes(padding))) return undefined;
	const spareBits = SPARE_BITS[end % 4];
	if (spareBits === undefined) return undefined;
	// An encoder leaves them at zero; words that only look like base64 mostly don't.
	if (spareBits && (ALPHABET.indexOf(base64[end - 1]!) & spareBits) !== 0) return undefined;
	return { size: Math.floor((end * 3) / 4), stream: () => decodeSlices(base64) };
}
