import { cleanMimeType, mimeType } from '../transport/fileNames';
import { decodeBase64, type Content } from './base64';

/** The fields of n8n's file object, each of them checked. */
export interface FileFacts {
	name?: string;
	/** Without a dot, in lower case. */
	extension?: string;
	/** Without parameters, in lower case; undefined if there is none. */
	type?: string;
	/** The content: in n8n's storage under an ID, in memory, or what was found in its place. */
	source: { id: string } | { content: Content } | { finding: string };
}

/** The values of `data` for content in n8n's storage (n8n-core, `BINARY_DATA_MODES`). */
const STORAGES = ['azure', 'database', 'default', 'filesystem', 'filesystem-v2', 's3'];

const LONGEST_DATA_URI_HEAD = 1_000;

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names the kind of a value for an error, which must not quote the value itself. */
function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (ArrayBuffer.isView(value) || (isObject(value) && value.type === 'Buffer')) return 'a Buffer';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

interface DataUri {
	type?: string;
	content?: Content;
}

/** Reads a data URI (RFC 2397). It has no `content` if that can't be decoded. Returns undefined for any other text. */
function readDataUri(data: string): DataUri | undefined {
	const [whole, head] = /^\s*data:([^,]*),/i.exec(data.slice(0, LONGEST_DATA_URI_HEAD)) ?? [];
	if (whole === undefined || head === undefined) return undefined;
	const type = mimeType(head);
	let payload = data.slice(whole.length);
	try {
		if (payload.includes('%')) payload = decodeURIComponent(payload);
	} catch {
		return { type };
	}
	if (/;\s*base64\s*$/i.test(head)) return { type, content: decodeBase64(payload) };
	return { type, content: decodeBase64(Buffer.from(payload).toString('base64')) };
}

function readSource({ id, data }: Record<string, unknown>): FileFacts['source'] & DataUri {
	if (typeof id === 'string' && id.trim()) return { id };
	if (id !== undefined && id !== null && id !== '') {
		return { finding: `its 'id' is ${kindOf(id)} instead of a text` };
	}
	if (data === undefined) return { finding: "its 'data' and 'id' are missing" };
	if (typeof data !== 'string')
		return { finding: `its 'data' is ${kindOf(data)} instead of base64` };
	if (STORAGES.includes(data)) {
		return { finding: `its 'data' names n8n's storage "${data}", but its 'id' is missing` };
	}
	const uri = readDataUri(data);
	const content = uri ? uri.content : decodeBase64(data);
	if (content) return { content, type: uri?.type };
	return {
		finding: uri
			? "its 'data' contains a data URI that can't be decoded"
			: "its 'data' contains text that is not base64",
	};
}

const isText = (value: unknown): value is string =>
	typeof value === 'string' && value.trim() !== '';

function readText(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	return isText(text) ? text.trim() : undefined;
}

/** Reads n8n's file object. A field may have any value: an unusable one counts as missing. */
export function readFileObject(file: Record<string, unknown>): FileFacts {
	const { type, ...source } = readSource(file);
	const extension = readText(file.fileExtension)?.replace(/^\.+/, '').toLowerCase();
	return {
		name: readText(file.fileName),
		extension: extension && /^[a-z\d]{1,16}$/.test(extension) ? extension : undefined,
		type: isText(file.mimeType) ? cleanMimeType(file.mimeType) : type,
		source,
	};
}

const MARKS = ['mimeType', 'fileName', 'fileExtension', 'fileType', 'fileSize', 'data'];

/** Whether a value from an expression or an item's JSON is meant as a file. `id` alone is not enough: many objects have one. */
export const isFileObject = (value: unknown): value is Record<string, unknown> =>
	isObject(value) &&
	(MARKS.some((mark) => typeof value[mark] === 'string') ||
		(typeof value.id === 'string' && value.id.includes(':')));
