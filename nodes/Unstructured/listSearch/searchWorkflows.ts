import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { FIRST_PAGE, pages, type PagePosition } from '../transport/pagination';
import { choices, isWanted, note, wantedText } from './choices';
import { whileTyping, type Typing } from './whileTyping';

/** The number of rows that fill the dropdown. Scrolling fetches the next ones. */
const ENOUGH = 50;
/** The number of pages that a search reads in parallel: thousands of workflows would take too long page by page. */
const PAGES_AT_ONCE = 4;

const isPosition = (value: unknown): value is PagePosition =>
	typeof value === 'object' && value !== null && 'page' in value && 'size' in value;

function position(token?: string): PagePosition {
	if (!token) return FIRST_PAGE;
	try {
		const parsed: unknown = JSON.parse(token);
		if (isPosition(parsed)) return parsed;
	} catch {
		// The token is not from this list.
	}
	return FIRST_PAGE;
}

/** Marks inactive workflows, and workflows that read their files from a source. */
const noteOf = ({ status, sources }: Record<string, unknown>) =>
	`${Array.isArray(sources) && sources.length > 0 ? ' (has a source)' : ''}${status === 'active' ? '' : note(status)}`;

/** Shown instead of an empty list. Choosing it chooses nothing. */
const NO_WORKFLOWS =
	"No workflows yet. To work without one, use 'Document: Parse' or 'Job: Run On-Demand' with a template.";

/**
 * Enough rows to scroll, or all rows: n8n requests more only after scrolling, and considers an empty list the end of a
 * search.
 */
async function find(
	ctx: ILoadOptionsFunctions,
	typing: Typing,
	from: PagePosition,
): Promise<INodeListSearchResult> {
	const results: INodeListSearchItems[] = [];
	const options = { from, atOnce: typing.filter ? PAGES_AT_ONCE : 1 };
	const subject = { noun: 'list of workflows' };
	for await (const { rows, next } of pages(ctx, '/workflows/', {}, subject, options)) {
		const entries = choices(ctx, subject.noun, rows, noteOf);
		results.push(...entries.filter(isWanted(typing.filter)));
		if (next && (results.length >= ENOUGH || typing.isOver)) {
			return { results, paginationToken: JSON.stringify(next) };
		}
	}
	return { results };
}

/** The workflow dropdown: all pages, filtered by name or ID. The API has no reliable search. */
export async function searchWorkflows(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const wanted = wantedText(filter);
	const credential = this.getNode().credentials?.unstructuredApi;
	const key = credential?.id ?? credential?.name ?? '';
	const found = await whileTyping(key, wanted, (typing) =>
		find(this, typing, position(paginationToken)),
	);
	const isWithoutAny = found.results.length === 0 && !wanted && !paginationToken;
	return isWithoutAny ? { results: [{ name: NO_WORKFLOWS, value: '' }] } : found;
}
