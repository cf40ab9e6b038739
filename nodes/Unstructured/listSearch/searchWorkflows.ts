import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { FIRST_PAGE, pages, type PagePosition } from '../transport/pagination';

/** Rows that fill the dropdown; the next ones are fetched when the person scrolls. */
const ENOUGH = 50;

const isPosition = (value: unknown): value is PagePosition =>
	typeof value === 'object' && value !== null && 'page' in value && 'size' in value;

function position(token?: string): PagePosition {
	const parsed: unknown = token ? JSON.parse(token) : undefined;
	return isPosition(parsed) ? parsed : FIRST_PAGE;
}

/** The workflow dropdown: all pages, filtered by name or id. The API has no search that can be relied on. */
export async function searchWorkflows(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const wanted = filter?.trim().toLowerCase() ?? '';
	const results: INodeListSearchItems[] = [];
	const subject = { noun: 'list of workflows' };
	for await (const page of pages(this, '/workflows/', {}, subject, position(paginationToken))) {
		for (const { id, name, status } of page.rows) {
			const label = typeof name === 'string' && name ? name : String(id);
			if (!`${label} ${String(id)}`.toLowerCase().includes(wanted)) continue;
			const note = status === undefined || status === 'active' ? '' : ` (${String(status)})`;
			results.push({ name: `${label}${note}`, value: String(id) });
		}
		if (page.next && results.length >= ENOUGH) {
			return { results, paginationToken: JSON.stringify(page.next) };
		}
	}
	return { results };
}
