import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listTemplates } from '../api/templates';

/** The template dropdown. The API gives all templates at once (docs/api-notes.md 6.6). */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const results = (await listTemplates(this))
		.map(({ id, name }) => ({ name: String(name ?? id), value: String(id) }))
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
	return { results };
}
