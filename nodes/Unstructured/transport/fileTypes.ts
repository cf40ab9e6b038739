/** MIME types that the platform reads, and others that are often sent, with their extensions. The usual one is first. */
const EXTENSIONS: Record<string, string[]> = {
	'application/epub+zip': ['epub'],
	'application/json': ['json'],
	'application/msword': ['doc', 'dot'],
	'application/pdf': ['pdf'],
	'application/pkcs7-signature': ['p7s'],
	'application/rtf': ['rtf'],
	'application/vnd.ms-excel': ['xls'],
	'application/vnd.ms-outlook': ['msg'],
	'application/vnd.ms-powerpoint': ['ppt', 'pot'],
	'application/vnd.oasis.opendocument.text': ['odt'],
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': [
		'pptx',
		'potx',
		'pptm',
	],
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx', 'xlsm'],
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': [
		'docx',
		'docm',
		'dotx',
	],
	'application/xml': ['xml'],
	'application/zip': ['zip'],
	'image/bmp': ['bmp'],
	'image/gif': ['gif'],
	'image/heic': ['heic', 'heif'],
	'image/jpeg': ['jpg', 'jpeg'],
	'image/png': ['png'],
	'image/tiff': ['tiff', 'tif'],
	'image/webp': ['webp'],
	'message/rfc822': ['eml'],
	'text/csv': ['csv'],
	'text/html': ['html', 'htm'],
	'text/markdown': ['md', 'markdown'],
	'text/plain': ['txt', 'text', 'log'],
	'text/rtf': ['rtf'],
	'text/tab-separated-values': ['tsv', 'tab'],
	'text/x-org': ['org'],
	'text/x-rst': ['rst'],
	'text/xml': ['xml'],
};

const TYPES = new Map(
	// The last entry wins, so reverse them: the first type of an extension is used.
	Object.entries(EXTENSIONS)
		.flatMap(([type, extensions]) => extensions.map((one): [string, string] => [one, type]))
		.reverse(),
);

/** Returns the usual extension of a MIME type, without a dot. Undefined if the type is unknown. */
export const extensionOf = (type: string): string | undefined =>
	Object.hasOwn(EXTENSIONS, type) ? EXTENSIONS[type]![0] : undefined;

/** Returns the MIME type for an extension. Undefined if the extension is unknown. */
export const typeOf = (extension: string): string | undefined => TYPES.get(extension.toLowerCase());
