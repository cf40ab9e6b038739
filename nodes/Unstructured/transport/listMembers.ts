import type { Answer, NoAnswer } from './answer';
import { parseAnswer, readBytes, TOO_LARGE } from './body';
import { cancelSignal } from './cancel';
import { readAnswer, type ReadBody } from './exchange';
import { isTooDeep } from './json';
import { MemberEnd } from './memberEnd';
import { redactAll } from './redact';
import { describeRejection } from './rejection';

/** A job with a thousand files has less than one. */
const MOST_MEMBER_BYTES = 16 * 1024 * 1024;
/** Of a body that is no list: as much as a message needs. */
const HEAD_BYTES = 64 * 1024;

const [OPEN_BRACKET, CLOSE_BRACKET] = [0x5b, 0x5d];
const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Takes a JSON array apart while its bytes arrive, and keeps those of one member at most. */
class ArrayReader {
	/** Whether the body is an array; undefined while nothing but spaces has come. */
	isArray?: boolean;
	isClosed = false;
	private bytes: Buffer = Buffer.alloc(0);
	private start = 0;
	private at = 0;
	private readonly memberEnd = new MemberEnd();

	/** Bytes of a member that has not ended. */
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

	/** The text of the next member that is complete; undefined while it isn't. Empty between the brackets of an empty list. */
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

/** Parses the text of a member. Throws a SyntaxError when it is no JSON, or nested deeper than n8n could carry. */
function parse(text: string, secret: string): unknown {
	if (isTooDeep(text)) throw new SyntaxError('Nested too deep');
	return JSON.parse(redactAll(text, [secret])) as unknown;
}

/**
 * A reader of lists that keeps nothing: each member is passed on as it arrives, and the response comes out as an empty list.
 * @param start called for each attempt. What it returns gets the members, also those of a list that breaks off, and returns
 *     false when no more of them are needed
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
			message: 'The response broke off',
		});
		const reader = new ArrayReader();
		const use = start();
		let head = Buffer.alloc(0);
		const bytes = readBytes(opened.body, { deadline, signal: cancelSignal(ctx) });
		try {
			for await (const chunk of bytes) {
				if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]);
				reader.append(chunk);
				// Leaving the loop ends the connection.
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

/** Reads no more than is needed to see that a response is a list. */
export const peekList: ReadBody = membersTo(() => () => false);
