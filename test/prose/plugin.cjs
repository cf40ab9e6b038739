// Lets textlint read code and JSON: comments and texts become prose, and everything else is ignored.
const { forEachComment, forEachToken } = require('ts-api-utils');
const ts = require('typescript');

/** A text contains a space. A single word is a value, a path, or an identifier. A period with a space joins sentences. */
const isText = (raw) => /\S\s+\S|^\.\s/.test(raw);

/** The parts of a literal between its escape sequences: the "n" of "\n" belongs to no word. */
function textParts(raw, start) {
	if (!isText(raw)) return [];
	return [...raw.matchAll(/(?:[^\\]|\\['"`])+/g)].map(({ 0: { length }, index }) => [
		start + index,
		start + index + length,
	]);
}

/** Ranges of comments. Line comments below each other are one text. */
function commentRanges(source) {
	const ranges = [];
	let previous;
	forEachComment(source, (code, { kind, pos, end }) => {
		const isLine = kind === ts.SyntaxKind.SingleLineCommentTrivia;
		if (isLine && previous !== undefined && /^\s*$/.test(code.slice(previous, pos))) {
			ranges.at(-1)[1] = end;
		} else ranges.push([pos + 2, isLine ? end : end - 2]);
		previous = isLine ? end : undefined;
	});
	return ranges;
}

/** Each text of a code as a list of ranges: a template has one for each part between its expressions. */
function textsInCode(code) {
	const source = ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true);
	const texts = commentRanges(source).map((range) => [range]);
	forEachToken(source, (token) => {
		if (!ts.isStringLiteral(token) && !ts.isTemplateLiteralToken(token)) return;
		const start = token.getStart();
		const raw = code.slice(start + 1, token.end).replace(/(?:\$\{|['"`])$/, '');
		const parts = textParts(raw, start + 1);
		if (ts.isTemplateMiddleOrTemplateTail(token)) texts.at(-1).push(...parts);
		// An empty beginning tells the rules that the next part is not the first.
		else texts.push(parts.length > 0 ? parts : [[start + 1, start + 1]]);
	});
	return texts;
}

const textsInJson = (json) =>
	[...json.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(({ 1: raw, index }) => textParts(raw, index + 1));

/** The syntax tree that textlint works on, with a paragraph for each text. */
function toTree(code, texts) {
	const lineStarts = [0, ...[...code.matchAll(/\n/g)].map(({ index }) => index + 1)];
	const position = (offset) => {
		const line = lineStarts.findLastIndex((start) => start <= offset);
		return { line: line + 1, column: offset - lineStarts[line] };
	};
	const node = (type, [start, end], rest) => {
		const loc = { start: position(start), end: position(end) };
		return { type, range: [start, end], loc, raw: code.slice(start, end), ...rest };
	};
	const children = texts
		.filter((ranges) => ranges.length > 0)
		.map((ranges) =>
			node('Paragraph', [ranges[0][0], ranges.at(-1)[1]], {
				children: ranges.map((range) => node('Str', range, { value: code.slice(...range) })),
			}),
		);
	return node('Document', [0, code.length], { children });
}

class Processor {
	availableExtensions() {
		return ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];
	}

	processor(extension) {
		return {
			preProcess: (code) =>
				toTree(code, extension === '.json' ? textsInJson(code) : textsInCode(code)),
			postProcess: (messages, filePath) => ({ messages, filePath: filePath ?? '<code>' }),
		};
	}
}

module.exports = { Processor };
