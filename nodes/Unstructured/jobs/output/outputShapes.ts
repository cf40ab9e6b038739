import { isRecord } from '../../transport/json';

/** Keys of an element (docs.unstructured.io, "Document elements and metadata"). */
const ELEMENT_KEYS = new Set(['type', 'element_id', 'text', 'metadata', 'embeddings']);

/** Keys that may be next to the output in an object around it, and are not part of it. */
const NEIGHBOR_KEYS = new Set(['file_id', 'filename', 'file_name', 'job_id', 'metadata', 'status']);

/** Keys of a server's message about a request. */
const MESSAGE_KEYS = new Set([
	...['code', 'detail', 'details', 'error', 'errors', 'instance', 'message', 'path', 'request_id'],
	...['status', 'status_code', 'success', 'timestamp', 'title', 'trace_id', 'type'],
]);
const STATUS =
	/^(accepted|error|fail(ed|ure)?|in[ _-]?progress|not[ _-]?(found|ready)|ok|pending|processing|queued|running|scheduled|success)$/i;

const keysAre = (value: object, keys: Set<string>) =>
	Object.keys(value).every((key) => keys.has(key));

/** Whether a value is certainly an element, whatever other keys it has. */
const isFullElement = (value: unknown): value is Record<string, unknown> =>
	isRecord(value) &&
	typeof value.type === 'string' &&
	(typeof value.element_id === 'string' || isRecord(value.metadata));

/** Whether a value is an element, and not extracted data that happens to have a key `text` or `type`. */
export const isElement = (value: unknown): boolean =>
	isFullElement(value) ||
	(isRecord(value) &&
		(typeof value.text === 'string' || typeof value.type === 'string') &&
		keysAre(value, ELEMENT_KEYS));

/** Whether a value is a server's message instead of an output, in the forms of FastAPI, problem details, and gateways. */
export const isStatusMessage = (value: unknown) =>
	isRecord(value) &&
	keysAre(value, MESSAGE_KEYS) &&
	(['detail', 'error', 'errors', 'message'].some((key) => key in value) ||
		STATUS.test(String(value.status)));

const isAround = (value: Record<string, unknown>, key: string) =>
	Object.keys(value).every((other) => other === key || NEIGHBOR_KEYS.has(other));

/** Returns the only list of an object, whatever its name, if all of its members are elements for certain. */
function elementsUnderOtherName(value: Record<string, unknown>): unknown[] | undefined {
	const [key, ...others] = Object.keys(value).filter((name) => Array.isArray(value[name]));
	if (key === undefined || others.length > 0 || !isAround(value, key)) return undefined;
	const inside = value[key] as unknown[];
	const isCertain = (member: unknown) => isFullElement(member) && keysAre(member, ELEMENT_KEYS);
	return inside.length > 0 && inside.every(isCertain) ? inside : undefined;
}

/**
 * Returns the elements of an object around them: with a list `elements`, or with one of another name. Undefined if the list
 * is part of extracted data, such as a periodic table.
 */
export function wrappedElements(value: unknown): unknown[] | undefined {
	if (!isRecord(value)) return undefined;
	const inside = value.elements;
	if (!Array.isArray(inside)) return elementsUnderOtherName(value);
	if (isAround(value, 'elements')) return inside.every(isElement) ? inside : undefined;
	return inside.length > 0 && inside.every(isFullElement) ? inside : undefined;
}

/** Parses data that is a JSON text. Returns other data unchanged. */
function unpacked(data: unknown): unknown {
	if (typeof data !== 'string') return data;
	try {
		return JSON.parse(data) as unknown;
	} catch {
		return data;
	}
}

/**
 * Returns the extracted data of a member, or undefined if it has none. The data is in the element `DocumentData`, in
 * `extracted_data`, or is the member itself.
 */
export function dataOf(member: unknown): unknown {
	if (member === null || typeof member === 'string') return undefined;
	if (!isRecord(member)) return member;
	if (isElement(member)) {
		return isRecord(member.metadata) ? unpacked(member.metadata.extracted_data) : undefined;
	}
	return 'extracted_data' in member && isAround(member, 'extracted_data')
		? unpacked(member.extracted_data)
		: member;
}
