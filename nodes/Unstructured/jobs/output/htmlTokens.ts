import { decodeEntities } from './entities';

/** Receives the parts of an HTML text in order, without comments, doctypes, scripts, and styles. */
export interface HtmlHandler {
	/** Receives decoded text between two tags. One text may arrive in several parts. */
	text: (text: string) => void;
	/** `at` is the index of the tag's "<". `<td/>` is a start tag, as in HTML. */
	startTag: (name: string, attributes: ReadonlyMap<string, string>, at: number) => void;
	/** `end` is the index after the tag's ">". */
	endTag: (name: string, end: number) => void;
}

const TAG_NAME = /[a-z][^\t\n\f\r />]*/iy;
const BEFORE_ATTRIBUTE = /[\t\n\f\r /]*/y;
const ATTRIBUTE_NAME = /=?[^\t\n\f\r />=]*/y;
const EQUALS_SIGN = /[\t\n\f\r ]*=[\t\n\f\r ]*/y;
const UNQUOTED_VALUE = /[^\t\n\f\r >]*/y;
const COMMENT_END = /--!?>/g;
const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

const RAW_TEXT_END = new Map([
	['script', /<\/script(?=[\t\n\f\r />])/gi],
	['style', /<\/style(?=[\t\n\f\r />])/gi],
]);

/** Returns what a sticky pattern matches at an index, if anything. */
function matchAt(pattern: RegExp, html: string, at: number): string | undefined {
	pattern.lastIndex = at;
	return pattern.exec(html)?.[0];
}

/** Returns the index after the next match of a global pattern, or the length of the text if there is none. */
function after(pattern: RegExp, html: string, at: number): number {
	pattern.lastIndex = at;
	return pattern.test(html) ? pattern.lastIndex : html.length;
}

interface AttributeValue {
	value: string;
	/** The index after the value; -1 if the text ends within it. */
	end: number;
}

function readValue(html: string, at: number): AttributeValue {
	const quote = html[at];
	if (quote !== '"' && quote !== "'") {
		const value = matchAt(UNQUOTED_VALUE, html, at) ?? '';
		return { value, end: at + value.length };
	}
	const close = html.indexOf(quote, at + 1);
	return { value: html.slice(at + 1, close), end: close === -1 ? -1 : close + 1 };
}

interface Attributes {
	attributes: ReadonlyMap<string, string>;
	/** The index after the tag's ">"; -1 if the text ends before it. */
	end: number;
}

function readAttributes(html: string, from: number): Attributes {
	if (html[from] === '>') return { attributes: NO_ATTRIBUTES, end: from + 1 };
	const attributes = new Map<string, string>();
	for (let at = from; ; ) {
		at += matchAt(BEFORE_ATTRIBUTE, html, at)?.length ?? 0;
		if (at >= html.length) return { attributes, end: -1 };
		if (html[at] === '>') return { attributes, end: at + 1 };
		const name = matchAt(ATTRIBUTE_NAME, html, at) ?? '';
		at += name.length;
		const equals = matchAt(EQUALS_SIGN, html, at);
		const { value, end } = equals ? readValue(html, at + equals.length) : { value: '', end: at };
		if (end === -1) return { attributes, end };
		const key = name.toLowerCase();
		if (!attributes.has(key)) attributes.set(key, decodeEntities(value));
		at = end;
	}
}

/** Returns the index after a comment, a doctype, or anything else that starts with `<!`, `<?`, or `</` and is no tag. */
function skipMarkup(html: string, at: number): number {
	if (!html.startsWith('<!--', at)) return after(/>/g, html, at + 2);
	const abrupt = /-?>/y;
	abrupt.lastIndex = at + 4;
	return abrupt.test(html) ? abrupt.lastIndex : after(COMMENT_END, html, at + 4);
}

/** Returns the index of the end tag of a script or a style, or the length of the text if there is none. */
function skipRawText(html: string, name: string, at: number): number {
	const pattern = RAW_TEXT_END.get(name);
	if (!pattern) return at;
	const end = after(pattern, html, at);
	return end === html.length ? end : end - '</'.length - name.length;
}

/**
 * Splits HTML into tags and texts as browsers do, in linear time
 * (https://html.spec.whatwg.org/multipage/parsing.html#tokenization). A tag that is incomplete at the end of the text is dropped.
 */
export function readHtml(html: string, handler: HtmlHandler): void {
	let textFrom = 0;
	const endText = (end: number) => {
		if (end > textFrom) handler.text(decodeEntities(html.slice(textFrom, end)));
	};
	for (let less = html.indexOf('<'); less !== -1; less = html.indexOf('<', less)) {
		const isEnd = html[less + 1] === '/';
		const nameAt = less + (isEnd ? 2 : 1);
		const written = matchAt(TAG_NAME, html, nameAt);
		if (written === undefined) {
			const isMarkup = nameAt < html.length && (isEnd || '!?'.includes(html[nameAt]!));
			if (isMarkup) {
				endText(less);
				textFrom = skipMarkup(html, less);
			}
			less = isMarkup ? textFrom : nameAt;
			continue;
		}
		endText(less);
		const name = written.toLowerCase();
		const { attributes, end } = readAttributes(html, nameAt + written.length);
		if (end === -1) return;
		if (isEnd) handler.endTag(name, end);
		else handler.startTag(name, attributes, less);
		textFrom = isEnd ? end : skipRawText(html, name, end);
		less = textFrom;
	}
	endText(html.length);
}
