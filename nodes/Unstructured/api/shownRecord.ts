import type { IDataObject } from 'n8n-workflow';
import { maskSecrets } from '../transport/secrets';

/** The `key` of a record is a second ID, not a secret (docs/api-notes.md 1.8). */
const RECORD_KEY = /^[a-z0-9](?:-?[a-z0-9]){0,62}$/;

/** Returns a record of the API with its secrets masked at any depth. */
export function shownRecord(record: IDataObject): IDataObject {
	const { key } = record;
	const isId = typeof key === 'string' && RECORD_KEY.test(key);
	return { ...maskSecrets(record), ...(isId && { key }) };
}
