import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { records } from '../transport/pagination';
import { call } from '../transport/request';

/** The template dropdown. The API gives all templates at once (unstructured-api.md 7.4). */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const { json } = await call(this, '/templates/', {
		subject: { noun: 'list of templates' },
		check: Array.isArray,
	});
	const results = records(json)
		.map(({ id, name }) => ({ name: String(name ?? id), value: String(id) }))
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
	return { results };
}
