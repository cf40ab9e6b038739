import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listTemplates } from '../api/templates';
import { choices, isWanted, wantedText } from './choices';

/** The template dropdown. The API returns all templates at once (docs/api-notes.md 6.6). */
export async function searchTemplates(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const entries = choices(this, 'list of templates', await listTemplates(this));
	return { results: entries.filter(isWanted(wantedText(filter))) };
}
