/** The end of a sentence, or a colon before the next one. A quote or bracket may follow. */
const ENDING = /[.?!:…]['")\]]*$/;

const asSentence = (part: string) => {
	const text = part
		.trim()
		.replace(/^\.+(\s+|$)/, '')
		.replace(/\.{2,}$/, '.');
	return text === '' || ENDING.test(text) ? text : `${text}.`;
};

/**
 * Joins sentences with one space between them, each with its period. A part that already ends in `.`, `?`, `!`, `:`, or
 * `…` keeps that ending. Empty parts are skipped, so a part can come from a condition.
 */
export const joinSentences = (...parts: Array<string | false | null | undefined>): string =>
	parts
		.map((part) => asSentence(part || ''))
		.filter(Boolean)
		.join(' ');
