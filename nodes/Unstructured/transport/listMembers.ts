import type { Answer, NoAnswer } from './answer';
import { parseAnswer, readBytes, TOO_LARGE } from './body';
import { cancelSignal } from './cancel';
import { readAnswer, type ReadBody } from './exchange';
import { isTooDeep } from './json';
import { MemberEnd } from './memberEnd';
import { redactAll } from './redact';
import { describeRejection } from './rejection';

/** A job with a thousand files has less than 1 MiB. */
const MOST_MEMBER_BYTES = 16 * 1024 * 1024;
/** The part that is kept of a body that is not a list: enough for an error text. */
const HEAD_BYTES = 64 * 1024;

const [OPEN_BRACKET, CLOSE_BRACKET] = [0x5b, 0x5d];
const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Splits a JSON array into its members while its bytes arrive, and keeps the bytes of at most one member. */
class ArrayReader {
	/** Whether the body is an array. Undefined until the first character that is not a space. */
	isArray?: boolean;
	isClosed = false;
	private bytes: Buffer = Buffer.alloc(0);
	private start = 0;
	private at = 0;
	private readonly memberEnd = new MemberEnd();

	/** The number of bytes of an incomplete member. */
	get kept() {
		return this.bytes.length - this.start;
	}

	append(chunk: Buffer) {
		this.at -= this.start;
		this.bytes = Buffer.concat([this.bytes.subarray(this.start), chunk]);
		this.start = 0;
		if (this.isArray !== undefined) return;
		let first = this.bytes.indexOf('\ufeff') === 0 ? 3 : 0;
		while (first < this.bytes.length && isSpace(this.bytes[first]!)) first++;
		if (first === this.bytes.length) return;
		this.isArray = this.bytes[first] === OPEN_BRACKET;
		this.start = first + 1;
		this.at = this.start;
	}

	/** Returns the text of the next complete member. Undefined until it is complete, and empty for an empty list. */
	next(): string | undefined {
		if (!this.isArray || this.isClosed) return undefined;
		this.at = this.memberEnd.find(this.bytes, this.at);
		if (this.at >= this.bytes.length) return undefined;
		this.isClosed = this.bytes[this.at] === CLOSE_BRACKET;
		const text = this.bytes.toString('utf8', this.start, this.at);
		this.start = this.at + 1;
		this.at = this.start;
		return text.trim();
	}
}

/** Parses the text of a member. Throws a SyntaxError if it is not JSON, or nested too deep for n8n. */
function parse(text: string, secret: string): unknown {
	if (isTooDeep(text)) throw new SyntaxError('Nested too deep');
	return JSON.parse(redactAll(text, [secret])) as unknown;
}

/**
 * Creates a reader that keeps no members: it passes each one on as it arrives, and returns the response with an empty list.
 * @param start called for each attempt. The function it returns receives the members, even those of an interrupted list,
 *     and returns false if no more are needed
 */
export const membersTo =
	(start: () => (member: unknown) => boolean): ReadBody =>
	async (ctx, connection, opened): Promise<Answer | NoAnswer> => {
		const { statusCode, headers, deadline, sentAt, receivedAt } = opened;
		if (statusCode < 200 || statusCode >= 300) return await readAnswer(ctx, connection, opened);
		const list: Answer = { statusCode, headers, json: [], text: '', sentAt, receivedAt };
		const unreadable: Answer = { ...list, json: undefined };
		const broken = (code: string) => ({
			code,
			neverSent: false,
			message: 'The response was interrupted',
		});
		const reader = new ArrayReader();
		const use = start();
		let head = Buffer.alloc(0);
		const bytes = readBytes(opened.body, { deadline, signal: cancelSignal(ctx) });
		try {
			for await (const chunk of bytes) {
				if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]);
				reader.append(chunk);
				// Leaving the loop closes the connection.
				if (reader.isArray === false && head.length >= HEAD_BYTES) break;
				for (let text = reader.next(); text !== undefined; text = reader.next()) {
					if (text && !use(parse(text, connection.apiKey))) return list;
				}
				if (reader.kept > MOST_MEMBER_BYTES) return broken(TOO_LARGE);
			}
		} catch (error) {
			if (error instanceof SyntaxError) return unreadable;
			return broken(describeRejection(error).code || 'ECONNABORTED');
		}
		if (reader.isArray) return reader.isClosed ? list : unreadable;
		const text = redactAll(head.toString('utf8'), [connection.apiKey]);
		return { ...list, text, json: parseAnswer(text) };
	};

/** Reads only enough of a response to see that it is a list. */
export const peekList: ReadBody = membersTo(() => () => false);
