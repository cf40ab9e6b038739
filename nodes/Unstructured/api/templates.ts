import type { IDataObject } from 'n8n-workflow';
import { call } from '../transport/call';
import type { ApiContext } from '../transport/connection';
import { records } from '../transport/json';
import { pathSegment } from '../transport/pathSegment';

export const TEMPLATES_PATH = '/templates/';

export const templatePath = (id: string) => `${TEMPLATES_PATH}${pathSegment(id)}`;

/** All templates; the API does not page them (docs/api-notes.md 6.6). Throws a NodeApiError. */
export async function listTemplates(ctx: ApiContext): Promise<IDataObject[]> {
	const { json } = await call(ctx, TEMPLATES_PATH, {
		subject: { noun: 'list of templates' },
		check: Array.isArray,
	});
	return records(json);
}
