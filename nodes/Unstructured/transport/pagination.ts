import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { call } from './call';
import type { ApiContext } from './connection';
import type { Subject } from './errors';
import { records } from './json';

/** Where a list goes on. */
export interface PagePosition {
	/** From 1. */
	page: number;
	size: number;
}

/** A size that is safe to ask for, and the documented default for a server that refuses it (docs/api-notes.md 6.2). */
const LARGE_PAGE = 100;
const DEFAULT_PAGE = 20;

export const FIRST_PAGE: PagePosition = { page: 1, size: LARGE_PAGE };

const refusesSize = (error: unknown, { page, size }: PagePosition) =>
	page === 1 && size > DEFAULT_PAGE && error instanceof NodeApiError && error.httpCode === '422';

async function readPage(
	ctx: ApiContext,
	path: string,
	qs: IDataObject,
	{ page, size }: PagePosition,
	subject: Subject,
) {
	const { json } = await call(ctx, path, { qs: { ...qs, page, page_size: size }, subject });
	return records(json);
}

interface PageOptions {
	/** Where to begin; the first page unless told. */
	from?: PagePosition;
	/** How many pages to read at the same time, once the first one shows that there are more. */
	atOnce?: number;
}

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
	{ from = FIRST_PAGE, atOnce = 1 }: PageOptions = {},
): AsyncGenerator<{ rows: IDataObject[]; next?: PagePosition }> {
	const seen = new Set<unknown>();
	let { page, size } = from;
	for (let count = 1; ; count = atOnce) {
		const positions = Array.from({ length: count }, (_, i) => ({ page: page + i, size }));
		let read: IDataObject[][];
		try {
			read = await Promise.all(positions.map((one) => readPage(ctx, path, qs, one, subject)));
		} catch (error) {
			if (!refusesSize(error, { page, size })) throw error as NodeApiError;
			read = [await readPage(ctx, path, qs, { page, size: DEFAULT_PAGE }, subject)];
			size = DEFAULT_PAGE;
		}
		for (const given of read) {
			page++;
			const rows = given.filter(({ id }) => id === undefined || !seen.has(id));
			for (const { id } of rows) seen.add(id);
			const next = rows.length < DEFAULT_PAGE ? undefined : { page, size };
			yield { rows, next };
			if (!next) return;
		}
	}
}
