const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';
const CLOSING = { '{': '}', '[': ']' } as const;

/** Names the mistake in the string at the start of this text. */
function stringMistake(text: string): string {
	const [read = ''] = /^"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/u.exec(text) ?? [];
	const next = text[read.length];
	if (next === '\\') return 'a backslash in text must be doubled (\\\\)';
	if (next === '\t') return 'a tab in text must be written as \\t';
	return 'a closing double quote is missing';
}

function strangeMistake(text: string, expected: Expected): string {
	if (text.startsWith('"')) return stringMistake(text);
	if (/^['‘’“”«»`]/.test(text)) return 'quotes must be straight double quotes (")';
	if (/^(?:\/\/|\/\*|#)/.test(text)) return 'comments are not allowed';
	if (expected.startsWith('key')) return 'a key needs double quotes';
	if (expected.startsWith('value')) return 'text needs double quotes';
	return 'there is an unexpected character';
}

/**
 * Names the first mistake in a text that is not JSON, and its line, such as "line 3: a comma is missing". Doesn't quote the
 * text, which may contain secrets. Returns undefined for valid JSON.
 */
export function jsonMistake(text: string): string | undefined {
	const open: Array<'{' | '['> = [];
	let expected: Expected = 'value';
	let at = 0;
	/** End of the last token. */
	let end = 0;
	let afterComma = false;
	const inLine = (offset: number, what: string) =>
		`line ${text.slice(0, offset).split(/\r\n|\n|\r/).length}: ${what}`;
	const skip = (pattern: RegExp) => {
		pattern.lastIndex = at;
		const length = pattern.exec(text)?.[0].length ?? 0;
		at += length;
		return length > 0;
	};
	const afterValue = () => (open.length === 0 ? 'nothing' : 'commaOrEnd');

	for (;;) {
		skip(SPACE);
		const start = at;
		const char = text[at];
		if (char === undefined) {
			const last = open.at(-1);
			if (expected === 'nothing') return undefined;
			if (last === undefined) return 'it is empty';
			return inLine(end, `a closing ${CLOSING[last]} is missing at the end`);
		}
		if (expected === 'nothing') return inLine(start, 'there is something after the end');
		const isComma = char === ',';
		if (char === '{' || char === '[' || char === '}' || char === ']' || isComma || char === ':') {
			at++;
		} else if (!skip(STRING) && !skip(SCALAR)) {
			if (expected === 'commaOrEnd' && /["'\w‘’“”-]/.test(char))
				return inLine(end, 'a comma is missing');
			if (expected === 'colon') return inLine(end, 'a colon is missing after the key');
			return inLine(start, strangeMistake(text.slice(start), expected));
		}
		const isValue = !'}],:'.includes(char);
		if (char === '}' || char === ']') {
			const last = open.at(-1);
			if (last === undefined) return inLine(start, `an opening bracket is missing before ${char}`);
			if (afterComma) return inLine(end, 'there is an extra comma');
			if (expected === 'value' || expected === 'colon') return inLine(end, 'a value is missing');
			if (CLOSING[last] !== char) {
				return inLine(start, `a closing ${CLOSING[last]} is missing before ${char}`);
			}
			open.pop();
			expected = afterValue();
		} else if (expected === 'commaOrEnd') {
			if (!isComma)
				return inLine(end, char === ':' ? 'there is an extra colon' : 'a comma is missing');
			expected = open.at(-1) === '{' ? 'key' : 'value';
		} else if (expected === 'colon') {
			if (char !== ':') return inLine(end, 'a colon is missing after the key');
			expected = 'value';
		} else if (isComma) {
			return inLine(
				start,
				expected === 'value' && !afterComma ? 'a value is missing' : 'there is an extra comma',
			);
		} else if (char === ':' || !isValue) {
			return inLine(start, expected.startsWith('key') ? 'a key is missing' : 'a value is missing');
		} else if (expected.startsWith('key')) {
			if (char !== '"') return inLine(start, 'a key needs double quotes');
			expected = 'colon';
		} else if (char === '{' || char === '[') {
			open.push(char);
			expected = char === '{' ? 'keyOrEnd' : 'valueOrEnd';
		} else {
			expected = afterValue();
		}
		afterComma = isComma;
		end = at;
	}
}
