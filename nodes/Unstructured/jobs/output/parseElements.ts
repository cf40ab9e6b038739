import { UnreadableBody } from '../../transport/body';
import { isTooDeep } from '../../transport/json';
import { checkDepth, MemberReader } from './jsonMembers';
import { isStatusMessage, wrappedElements } from './outputShapes';
import { BROKEN, parseLoose, parseStrict } from './parseTolerant';

const [QUOTE, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, LESS_THAN] = [0x22, 0x5b, 0x5d, 0x7b, 0x3c];
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

/** If an output is only checked, larger members are scanned without being kept. */
const MOST_CHECKED_BYTES = 16 * 1024 * 1024;

const RETRY =
	'Retry in a few minutes. If it happens again, check for a proxy between n8n and Unstructured.';
const incomplete = () => new UnreadableBody('ended before it was complete', RETRY, true);
const other = (what: string) => new UnreadableBody(what, RETRY, true);
const invalid = () =>
	new UnreadableBody(
		'is not valid JSON',
		'The response was complete, so it was not fetched again. Run the job again. If it happens again, report it to Unstructured.',
		false,
	);

type State = 'start' | 'list' | 'objects' | 'text' | 'closed';

/**
 * Reads an output while it arrives, one member at a time, so nothing but its members is kept. An output is a JSON array of
 * elements. Also accepted: an object around such an array, one object of data, objects that follow each other without an
 * array, one of these in a JSON string, a byte order mark, and `NaN` and `Infinity` as Python writes them.
 */
export class OutputParser {
	/** Whether the bytes are one JSON value that every JSON parser reads as this output. */
	isPlain = true;

	/** Whether the output is one object of data. */
	isObject = false;

	/** Whether members were only scanned, because they are too large or too deep. */
	hasSkipped = false;

	private state: State = 'start';

	private readonly reader: MemberReader;

	/** Whether a member could not be parsed. Only the end shows whether the output is complete even so. */
	private isBroken = false;

	private count = 0;

	/** The first object outside of an array. Its meaning depends on whether another one follows. */
	private first: unknown = BROKEN;

	/**
	 * @param use receives each member. An iterator would take as long for a small member as parsing it
	 * @param isCheck whether members that are too large or too deep are only scanned. Otherwise they throw a RangeError
	 */
	constructor(
		private readonly use: (member: unknown) => void,
		private readonly isCheck = false,
	) {
		this.reader = new MemberReader(isCheck, isCheck ? MOST_CHECKED_BYTES : undefined);
	}

	/** Throws an UnreadableBody as soon as the bytes can't be an output. */
	push(chunk: Buffer) {
		this.reader.append(chunk);
		if (this.state === 'start') this.begin();
		if (this.state === 'list') this.readList();
		if (this.state === 'objects') this.readObjects();
		// A string has no members: the byte that ends one comes after the string.
		if (this.state === 'text' && this.reader.next()) this.isBroken = true;
		if (this.state === 'closed' && this.reader.peek() !== undefined) {
			this.isBroken = true;
			this.reader.rest();
		}
	}

	/** Ends the output. Throws an UnreadableBody if the bytes are not a complete output. */
	end() {
		const { state, reader } = this;
		if (state === 'start') throw other('is empty');
		if (state === 'list') throw incomplete();
		if (state === 'text' && reader.isOpen) throw incomplete();
		if (state === 'text' && !this.isBroken) this.readText(reader.rest());
		if (state === 'objects') {
			if (reader.peek() !== undefined || this.count === 0) throw incomplete();
			if (this.first !== BROKEN) this.useWhole(this.first);
		}
		if (this.isBroken) throw invalid();
	}

	private begin() {
		const { reader } = this;
		const head = reader.head(BYTE_ORDER_MARK.length);
		if (head.equals(BYTE_ORDER_MARK)) {
			reader.skip(head.length);
			this.isPlain = false;
		} else if (head.length > 0 && BYTE_ORDER_MARK.subarray(0, head.length).equals(head)) return;
		const first = reader.peek();
		if (first === undefined) return;
		if (first === OPEN_BRACKET) {
			reader.skip(1);
			this.state = 'list';
		} else if (first === OPEN_BRACE) {
			reader.expectObjects();
			this.state = 'objects';
		} else if (first === QUOTE) this.state = 'text';
		else throw other(first === LESS_THAN ? 'is a web page' : 'is not a list of elements');
	}

	private readList() {
		for (let member = this.reader.next(); member; member = this.reader.next()) {
			const { text, end } = member;
			const isLast = end === CLOSE_BRACKET;
			if (text !== '' || !isLast || this.count > 0) {
				const value = this.parse(text);
				if (value !== BROKEN) this.use(value);
			}
			this.count++;
			if (isLast) {
				this.state = 'closed';
				return;
			}
		}
	}

	private readObjects() {
		while (this.reader.peek() !== undefined) {
			const member = this.reader.next();
			if (!member) return;
			const value = this.parse(member.text);
			if (++this.count === 1) {
				this.first = value;
				continue;
			}
			this.isPlain = false;
			if (this.first !== BROKEN) this.use(this.first);
			this.first = BROKEN;
			if (value !== BROKEN) this.use(value);
		}
	}

	/** Parses the text of a member, which is undefined if it was only scanned. Returns BROKEN if it can't be parsed. */
	private parse(text: string | undefined): unknown {
		if (text === undefined) this.hasSkipped = true;
		if (text === undefined || this.isBroken) return BROKEN;
		const value = parseStrict(text);
		if (value !== BROKEN) return value;
		this.isPlain = false;
		const loose = parseLoose(text);
		this.isBroken = loose === BROKEN;
		return loose;
	}

	/** Uses the only value of an output that is not an array. */
	private useWhole(value: unknown) {
		if (isStatusMessage(value)) throw other('is a status message');
		const elements = wrappedElements(value);
		if (elements) elements.forEach((element) => this.use(element));
		else if (Object.keys(value as object).length > 0) {
			this.isObject = true;
			this.use(value);
		}
	}

	/** Reads an output in a JSON string. */
	private readText(text: string | undefined) {
		if (text === undefined) return;
		const inner = parseStrict(text);
		if (typeof inner !== 'string') throw invalid();
		if (/^\s*"/.test(inner)) throw other('is not a list of elements');
		if (!this.isCheck && isTooDeep(inner)) checkDepth(Infinity);
		this.isPlain = false;
		const parser = new OutputParser(this.use, this.isCheck);
		parser.push(Buffer.from(inner));
		parser.end();
		this.isObject = parser.isObject;
	}
}

/**
 * Parses an output while it arrives. Throws an UnreadableBody, which is a SyntaxError, if it is not an output or breaks off.
 * @param use receives each member
 * @param settle is awaited after each part of the body, e.g. to finish what its members left to do
 */
export async function parseElements(
	body: AsyncIterable<Buffer>,
	use: (member: unknown) => void,
	settle?: () => Promise<void>,
): Promise<void> {
	const parser = new OutputParser(use);
	for await (const chunk of body) {
		parser.push(chunk);
		if (settle) await settle();
	}
	parser.end();
	if (settle) await settle();
}
