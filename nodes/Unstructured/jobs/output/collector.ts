import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../../transport/json';

export interface ReadOptions {
	/** Adds the field `job_id` to each item. */
	withJobId?: boolean;
	/** Adds the field `text` to extracted data. */
	includeText?: boolean;
}

/** Makes items of the members of one output. */
export interface Collector {
	/** The items' `json` are the members themselves, to which fields may be added. */
	isOwn?: boolean;
	/** @param fileName the file's name, as far as it is known by now */
	add(member: unknown, fileName: () => string): void;
	/** What the members so far left to do. Awaited before more of the body is read. */
	settle?: () => Promise<void>;
	/** Items without the fields that tell from where they are. */
	finish(): { items: INodeExecutionData[]; isEmpty: boolean };
}

export const metadataOf = (member: unknown): Record<string, unknown> =>
	isRecord(member) && isRecord(member.metadata) ? member.metadata : {};

/** The page of an element, null where it is not known. */
export function pageOf(member: unknown): number | null {
	const { page_number: page } = metadataOf(member);
	return typeof page === 'number' ? page : null;
}

/** A member of an output as an object: a text as an element, other data under `data`. */
export const asElement = (member: unknown): IDataObject => {
	if (isRecord(member)) return member as IDataObject;
	return typeof member === 'string' ? { text: member } : { data: member as IDataObject };
};
