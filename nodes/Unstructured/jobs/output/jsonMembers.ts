import { DEEPEST_LEVEL } from '../../transport/json';
import { MemberEnd } from '../../transport/memberEnd';
import { joinSentences } from '../../transport/sentences';

/** The most bytes of one element. A text in Node.js may have four times as much, and elements with images have some MB. */
export const MOST_BYTES = 128 * 1024 * 1024;

/** Not retried: the output would be the same. */
const unusable = (what: string) =>
	new RangeError(
		joinSentences(what, "To get the output unchanged, set 'Output Format' to 'JSON Files'."),
	);

export function checkDepth(levels: number) {
	if (levels > DEEPEST_LEVEL) {
		throw unusable(`An element of the output is nested in more than ${DEEPEST_LEVEL} levels`);
	}
}

const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** A member of a JSON text. Has no `text` if it was only scanned, because it is too large or too deep. */
export interface Member {
	text?: string;
	/** The byte that ends it. */
	end: number;
}

/** Reads the members of a JSON text while its bytes arrive. Keeps only the bytes of the current member. */
export class MemberReader {
	private bytes = Buffer.allocUnsafe(256 * 1024);

	private length = 0;

	/** Where the member begins. */
	private start = 0;

	/** Where the scan continues. Beyond the end if the last byte is a backslash. */
	private at = 0;

	/** Whether the beginning of this member was dropped. */
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
		if (!this.mayDrop) throw unusable('An element of the output has more than 128 MiB');
		this.isPart = true;
		this.start = this.length;
	}

	/** Returns the first unread bytes. */
	head(count: number): Buffer {
		return this.bytes.subarray(this.start, Math.min(this.start + count, this.length));
	}

	skip(count: number) {
		this.start += count;
		this.at = this.start;
	}

	/** Skips spaces. Returns the next byte, or undefined if it has not arrived yet. */
	peek(): number | undefined {
		while (this.start < this.length && isSpace(this.bytes[this.start]!)) this.start++;
		this.at = Math.max(this.at, this.start);
		return this.start < this.length ? this.bytes[this.start] : undefined;
	}

	/** Expects objects that follow each other without a list around them from now on. */
	expectObjects() {
		this.memberEnd.endsAlone = true;
	}

	/** Returns the next member and the byte that ends it, or undefined if it has not arrived completely. */
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

	/** Whether the bytes so far end within a text, an object, or a list. */
	get isOpen() {
		return this.memberEnd.isOpen;
	}

	/** Returns all unread text, or undefined if its beginning was dropped. */
	rest(): string | undefined {
		const text = this.bytes.toString('utf8', this.start, this.length);
		this.skip(this.length - this.start);
		return this.isPart ? undefined : text;
	}
}
