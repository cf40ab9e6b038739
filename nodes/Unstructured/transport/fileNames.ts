import { typeOf } from './fileTypes';

const LONGEST_NAME_BYTES = 200;

const byteLength = (text: string) => Buffer.byteLength(text, 'utf8');

/** Shortens a name but keeps its extension, by which the platform may recognize the file type. */
function shorten(name: string, ending: string) {
	const extension = /\.[^.]{1,16}$/u.exec(name)?.[0] ?? '';
	const stem = name.slice(0, name.length - extension.length);
	const kept = ending + extension;
	if (byteLength(stem + kept) <= LONGEST_NAME_BYTES) return stem + kept;
	const letters = [...stem].slice(0, LONGEST_NAME_BYTES);
	while (byteLength(letters.join('') + kept) > LONGEST_NAME_BYTES) letters.pop();
	return letters.join('').trimEnd() + kept;
}

/**
 * A file name as it may stand in a multipart header: no line break, control character, quote or path separator,
 * at most 200 bytes. Letters of every script are kept. Never empty.
 * @param ending put before the extension, and kept even if the name is too long
 */
export function cleanFileName(name: string, ending = ''): string {
	const cleaned = name
		.replace(/[\r\n\t\u2028\u2029]+/g, ' ')
		.replace(/\p{Cc}+/gu, '')
		.replace(/\p{Surrogate}/gu, '\uFFFD')
		.replace(/"/g, "'")
		.replace(/[/\\]/g, '_')
		.replace(/^\.+$/, '')
		.trim();
	return shorten(cleaned || 'file', ending);
}

const MIME_TYPE = /^[\w!#$%&'*+.^`|~-]{1,127}\/[\w!#$%&'*+.^`|~-]{1,127}$/;

/** Returns `type/subtype` in lower case, without parameters. Undefined if it is not a MIME type. */
export function mimeType(type: unknown): string | undefined {
	if (typeof type !== 'string') return undefined;
	const [essence = ''] = type.split(';');
	return MIME_TYPE.test(essence.trim()) ? essence.trim().toLowerCase() : undefined;
}

/** Makes a MIME type safe for a multipart header. */
export const cleanMimeType = (type: string): string => mimeType(type) ?? 'application/octet-stream';

/** Returns the part after the last dot of a name. Undefined if it can't be an extension. */
export const extensionIn = (name: string): string | undefined =>
	/\.([a-z\d]{1,16})$/i.exec(name.trim())?.[1]?.toLowerCase();

/** Adds an extension, by which the platform recognizes the file type, unless the name ends with it or with a known one. */
export function withExtension(name: string, extension: string | undefined): string {
	const own = extensionIn(name);
	if (!extension || (own !== undefined && (own === extension || typeOf(own)))) return name;
	return `${name.replace(/\.$/, '')}.${extension}`;
}
