import { NodeApiError, type IDataObject } from 'n8n-workflow';
import type { Subject } from './errors';
import type { ApiContext } from './exchange';
import { call } from './request';

/** Where a list goes on. */
export interface PagePosition {
	/** From 1. */
	page: number;
	size: number;
}

/** A size that is safe to ask for, and the documented default for a server that refuses it (unstructured-api.md 7.2, 15). */
const LARGE_PAGE = 100;
const DEFAULT_PAGE = 20;

export const FIRST_PAGE: PagePosition = { page: 1, size: LARGE_PAGE };

/** The records of a list answer; whatever is no object is left out. */
export const records = (json: unknown): IDataObject[] =>
	Array.isArray(json)
		? json.filter((row): row is IDataObject => typeof row === 'object' && row !== null)
		: [];

const refusesSize = (error: unknown, { page, size }: PagePosition) =>
	page === 1 && size > DEFAULT_PAGE && error instanceof NodeApiError && error.httpCode === '422';

/**
 * The pages of a list, each with the position of the next one. The API gives neither a total nor a next page,
 * and a server may give smaller pages than it was asked for, or ignore paging: the list ends with a page that
 * brings nothing new, or less than the default page size.
 */
export async function* pages(
	ctx: ApiContext,
	path: string,
	qs: IDataObject,
	subject: Subject,
	from: PagePosition = FIRST_PAGE,
): AsyncGenerator<{ rows: IDataObject[]; next?: PagePosition }> {
	const seen = new Set<unknown>();
	let position = from;
	for (;;) {
		const { page, size } = position;
		let answer;
		try {
			answer = await call(ctx, path, { qs: { ...qs, page, page_size: size }, subject });
		} catch (error) {
			if (!refusesSize(error, position)) throw error as NodeApiError;
			position = { page: 1, size: DEFAULT_PAGE };
			continue;
		}
		const rows = records(answer.json).filter(({ id }) => id === undefined || !seen.has(id));
		for (const { id } of rows) seen.add(id);
		const next = rows.length < DEFAULT_PAGE ? undefined : { page: page + 1, size };
		yield { rows, next };
		if (!next) return;
		position = next;
	}
}
