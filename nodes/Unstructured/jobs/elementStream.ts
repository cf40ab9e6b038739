import { DEEPEST_LEVEL, isTooDeep } from '../shared/json';
import { MemberEnd } from './memberEnd';

const [OPEN_BRACKET, CLOSE_BRACKET] = [0x5b, 0x5d];

const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Of one element: what a text may have in Node.js is four times as much. Elements with images have some MB. */
const MOST_BYTES = 128 * 1024 * 1024;

/** No SyntaxError, after which the output is fetched again: it would be the same. */
const unusable = (what: string) =>
	new RangeError(
		`${what}. Set 'Output Format' to 'Binary Files' to have the output without it being read`,
	);

function checkDepth(levels: number) {
	if (levels > DEEPEST_LEVEL) {
		throw unusable(`An element of the output is nested in more than ${DEEPEST_LEVEL} levels`);
	}
}

/** The bytes of a JSON array as they come. Only those of the member that is being read are kept. */
class MemberReader {
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

	/** The next member and the byte that ends it, or undefined when it goes on. */
	next(): { text: string; end: number } | undefined {
		this.at = this.memberEnd.find(this.bytes.subarray(0, this.length), this.at);
		checkDepth(this.memberEnd.deepest);
		if (this.at >= this.length) return undefined;
		const end = this.bytes[this.at]!;
		return { text: this.take(this.at).trim(), end };
	}
}

function parse(text: string): unknown {
	if (isTooDeep(text)) checkDepth(Infinity);
	return JSON.parse(text);
}

/** The members of a body that is no array: a JSON text in a JSON string, or an object around the list (unstructured-api.md 6.7). */
function membersOf(json: unknown): unknown[] {
	const value = typeof json === 'string' ? parse(json) : json;
	if (Array.isArray(value)) return value;
	const inside = (value as { elements?: unknown } | null)?.elements;
	if (Array.isArray(inside)) return inside;
	throw new SyntaxError('The output is not a list of elements');
}

/**
 * Parses a JSON array while it arrives, one member at a time, so that nothing but its members is kept. Throws a
 * SyntaxError when it isn't JSON or breaks off.
 * @param use gets each member; no iterator, which takes as long for a small one as parsing it
 */
export async function parseElements(
	body: AsyncIterable<Buffer>,
	use: (member: unknown) => void,
): Promise<void> {
	const reader = new MemberReader();
	let isArray: boolean | undefined;
	let isClosed = false;
	let count = 0;
	for await (const chunk of body) {
		if (isClosed) continue;
		reader.append(chunk);
		isArray ??= reader.enter();
		while (isArray && !isClosed) {
			const member = reader.next();
			if (!member) break;
			isClosed = member.end === CLOSE_BRACKET;
			if (member.text || !isClosed || count > 0) use(JSON.parse(member.text));
			count++;
		}
	}
	if (isArray && !isClosed) throw new SyntaxError('The output broke off');
	if (!isArray) membersOf(parse(reader.take())).forEach(use);
}
