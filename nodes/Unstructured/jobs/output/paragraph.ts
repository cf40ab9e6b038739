/** Text that stays text: a line may begin with what would make it a heading, a list, a quote, a line or code. */
export const paragraph = (text: string) =>
	text.replace(
		/^([^\S\n\r\u2028\u2029]*)(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|```|~~~|(?:-{2,}|=+)\s*$|(?:[-*_][ \t]*){3,}$)/gm,
		'$1\\',
	);
