import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../transport/json';

/**
 * Replaces equal texts of an element with those of the element before it. File name, type, dates, and parent are the same in
 * many elements, and JSON.parse creates a new string for each.
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
