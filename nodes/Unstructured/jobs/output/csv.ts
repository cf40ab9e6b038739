/** Characters with which a spreadsheet begins a formula, full-width ones included (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** A sign alone, as in an empty cell, or with a number as written in tables: `-5`, `+1,234.50`, `-3.2%`, `-$5`, `-1.5e-7`. */
const SIGNED_NUMBER =
	/^[+-](?:\s?\p{Sc}?\s?(?:(?:\d{1,3}(?:[ ,.'\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?|[.,]\d+)(?:e[+-]?\d+)?\s?(?:%|\p{Sc})?)?$/iu;

/** Puts an apostrophe before a formula, which makes it text, as in spreadsheets' own exports. */
const harmless = (text: string) =>
	FORMULA.test(text) && !SIGNED_NUMBER.test(text) ? `'${text}` : text;

const field = (text: string) => {
	const safe = harmless(text);
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Writes rows as CSV (RFC 4180), each with a line break after it. */
export const toCsv = (rows: string[][]): string =>
	rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
