import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../../transport/json';

export interface ReadOptions {
	/** Adds the field `job_id` to each item. */
	withJobId?: boolean;
	/** Adds the field `text` to extracted data. */
	includeText?: boolean;
}

/** Turns the members of one output into items. */
export interface Collector {
	/** Whether each item's `json` is a member itself, to which fields may be added. */
	isOwn?: boolean;
	/** @param fileName returns the file's name, as far as it is known by now */
	add(member: unknown, fileName: () => string): void;
	/** Finishes what earlier members left to do. Awaited before more of the body is read. */
	settle?: () => Promise<void>;
	/** Returns the items, without the fields that name their file and job. */
	finish(): { items: INodeExecutionData[]; isEmpty: boolean };
}

export const metadataOf = (member: unknown): Record<string, unknown> =>
	isRecord(member) && isRecord(member.metadata) ? member.metadata : {};

/** Returns the page of an element, or null if it is not known. */
export function pageOf(member: unknown): number | null {
	const { page_number: page } = metadataOf(member);
	return typeof page === 'number' ? page : null;
}

/** Returns a member of an output as an object: a text as an element, other data under `data`. */
export const asElement = (member: unknown): IDataObject => {
	if (isRecord(member)) return member as IDataObject;
	return typeof member === 'string' ? { text: member } : { data: member as IDataObject };
};
