const LONGEST_NAME_BYTES = 200;

const byteLength = (text: string) => Buffer.byteLength(text, 'utf8');

/** Keeps the extension: the platform may tell the file type by it. */
function shorten(name: string) {
	if (byteLength(name) <= LONGEST_NAME_BYTES) return name;
	const extension = /\.[^.]{1,16}$/u.exec(name)?.[0] ?? '';
	const letters = [...name.slice(0, name.length - extension.length)].slice(0, LONGEST_NAME_BYTES);
	while (byteLength(letters.join('') + extension) > LONGEST_NAME_BYTES) letters.pop();
	return letters.join('').trimEnd() + extension;
}

/**
 * A file name as it may stand in a multipart header: no line break, control character, quote or path separator,
 * at most 200 bytes. Letters of every script are kept. Never empty.
 */
export function cleanFileName(name: string): string {
	const cleaned = name
		.replace(/[\r\n\t\u2028\u2029]+/g, ' ')
		.replace(/\p{Cc}+/gu, '')
		.replace(/\p{Surrogate}/gu, '\uFFFD')
		.replace(/"/g, "'")
		.replace(/[/\\]/g, '_')
		.replace(/^\.+$/, '')
		.trim();
	return shorten(cleaned) || 'file';
}

/** A MIME type as it may stand in a multipart header: `type/subtype`, with parameters if well-formed. */
export function cleanMimeType(type: string): string {
	const token = "[\\w!#$%&'*+.^`|~-]{1,127}";
	const wellFormed = new RegExp(
		`^${token}/${token}(?: *; *${token}=(?:${token}|"[ !#-\\[\\]-~]*"))*$`,
	);
	return wellFormed.test(type.trim()) ? type.trim() : 'application/octet-stream';
}
