import { isRecord } from '../../transport/json';

/** Keys of an element (docs.unstructured.io, "Document elements and metadata"). */
const ELEMENT_KEYS = new Set(['type', 'element_id', 'text', 'metadata', 'embeddings']);

/** What may stand beside the output in an object around it, and is no part of it. */
const BESIDE_KEYS = new Set(['file_id', 'filename', 'file_name', 'job_id', 'metadata', 'status']);

/** What else stands in a server's message about a request. */
const MESSAGE_KEYS = new Set([
	...['code', 'detail', 'details', 'error', 'errors', 'instance', 'message', 'path', 'request_id'],
	...['status', 'status_code', 'success', 'timestamp', 'title', 'trace_id', 'type'],
]);
const STATUS =
	/^(accepted|error|fail(ed|ure)?|in[ _-]?progress|not[ _-]?(found|ready)|ok|pending|processing|queued|running|scheduled|success)$/i;

const keysAre = (value: object, keys: Set<string>) =>
	Object.keys(value).every((key) => keys.has(key));

/** An element beyond doubt, whatever else stands in it. */
const isFullElement = (value: unknown) =>
	isRecord(value) &&
	typeof value.type === 'string' &&
	(typeof value.element_id === 'string' || isRecord(value.metadata));

/** Whether it is an element, and no data of which an extractor happened to give a part the name `text` or `type`. */
export const isElement = (value: unknown): boolean =>
	isFullElement(value) ||
	(isRecord(value) &&
		(typeof value.text === 'string' || typeof value.type === 'string') &&
		keysAre(value, ELEMENT_KEYS));

/** A server's message in place of an output, in the forms of FastAPI, problem details and gateways. */
export const isStatusMessage = (value: unknown) =>
	isRecord(value) &&
	keysAre(value, MESSAGE_KEYS) &&
	(['detail', 'error', 'errors', 'message'].some((key) => key in value) ||
		STATUS.test(String(value.status)));

const isAround = (value: Record<string, unknown>, key: string) =>
	Object.keys(value).every((other) => other === key || BESIDE_KEYS.has(other));

/**
 * The elements of an object that has them in a list `elements`; undefined when that list is a part of extracted data, as of
 * a periodic table.
 */
export function wrappedElements(value: unknown): unknown[] | undefined {
	const inside = isRecord(value) ? value.elements : undefined;
	if (!isRecord(value) || !Array.isArray(inside)) return undefined;
	if (isAround(value, 'elements')) return inside.every(isElement) ? inside : undefined;
	return inside.length > 0 && inside.every(isFullElement) ? inside : undefined;
}

/** Data that was given as a JSON text, parsed. */
function unpacked(data: unknown): unknown {
	if (typeof data !== 'string') return data;
	try {
		return JSON.parse(data) as unknown;
	} catch {
		return data;
	}
}

/**
 * The data of a member that holds extracted data instead of text, or beside it; undefined for one that holds none. It stands
 * in the element `DocumentData`, in `extracted_data`, or is the member itself.
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
