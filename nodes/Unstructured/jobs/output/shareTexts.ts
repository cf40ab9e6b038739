import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../transport/json';

/**
 * Lets an element use the texts of the one before it where they are the same: file name, type, dates and parent are in each
 * element of a file, and JSON.parse makes a new string of every one.
 */
export function shareTexts(element: IDataObject, before: IDataObject) {
	for (const key in element) {
		const value = element[key];
		const known = before[key];
		if (typeof value === 'string' && value === known) element[key] = known;
	}
	if (isRecord(element.metadata) && isRecord(before.metadata)) {
		shareTexts(element.metadata as IDataObject, before.metadata as IDataObject);
	}
}
