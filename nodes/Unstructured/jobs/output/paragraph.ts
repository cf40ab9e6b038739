/** Escapes the start of each line that Markdown would read as a heading, a list, a quote, a rule, or code. */
export const paragraph = (text: string) =>
	text.replace(
		/^([^\S\n\r\u2028\u2029]*)(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|```|~~~|(?:-{2,}|=+)\s*$|(?:[-*_][ \t]*){3,}$)/gm,
		'$1\\',
	);
