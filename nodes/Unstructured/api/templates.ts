import { call } from '../transport/call';
import type { ApiContext } from '../transport/connection';
import { pathSegment } from '../transport/pathSegment';

export const TEMPLATES_PATH = '/templates/';

export const templatePath = (id: string) => `${TEMPLATES_PATH}${pathSegment(id)}`;

/** All templates; the API does not page them (docs/api-notes.md 6.6). Throws a NodeApiError. */
export async function listTemplates(ctx: ApiContext): Promise<unknown[]> {
	const { json } = await call(ctx, TEMPLATES_PATH, {
		subject: { noun: 'list of templates' },
		check: Array.isArray,
	});
	return json as unknown[];
}
