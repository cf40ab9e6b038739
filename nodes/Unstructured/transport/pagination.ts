import { NodeApiError, type IDataObject } from 'n8n-workflow';
import { call } from './call';
import type { ApiContext } from './connection';
import { apiError } from './errors';
import { isRecord } from './json';
import type { Subject } from './subject';

/** The position of a page in a list. */
export interface PagePosition {
	/** The first page is 1. */
	page: number;
	size: number;
}

/** A page size that the API accepts, and its documented default for a server that rejects this one (docs/api-notes.md 6.2). */
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
): Promise<unknown[]> {
	const options = { qs: { ...qs, page, page_size: size }, subject, check: Array.isArray };
	return (await call(ctx, path, options)).json as unknown[];
}

interface PageOptions {
	/** Where to start, the first page by default. */
	from?: PagePosition;
	/** How many pages to read at the same time, after the first one shows that there are more. */
	atOnce?: number;
}

interface Page {
	/** The rows that no earlier page contained. */
	rows: unknown[];
	/** The position of the next page. Undefined for the last one. */
	next?: PagePosition;
	/** Whether an earlier page contained some of its rows: the list changed while it was read, so other rows may be missing. */
	hasMoved: boolean;
}

/** Far more than any account has. A longer list has no end. */
const MOST_PAGES = 5_000;

/** Returns what identifies a row: its ID, or else all of its content. */
const keyOf = (row: unknown) =>
	isRecord(row) && (typeof row.id === 'string' || typeof row.id === 'number')
		? row.id
		: JSON.stringify(row);

/**
 * Reads the pages of a list, each with the position of the next one. The API returns neither a total nor a next page, and a
 * server may return smaller pages than requested, or ignore paging. So the list ends with a page that has no rows, or only
 * rows of earlier pages. Throws a NodeApiError for a page that is not a list.
 */
export async function* pages(
	ctx: ApiContext,
	path: string,
	qs: IDataObject,
	subject: Subject,
	{ from = FIRST_PAGE, atOnce = 1 }: PageOptions = {},
): AsyncGenerator<Page> {
	const seen = new Set<unknown>();
	let { page, size } = from;
	for (let count = 1; page < from.page + MOST_PAGES; count = atOnce) {
		const positions = Array.from({ length: count }, (_, i) => ({ page: page + i, size }));
		let read: unknown[][];
		try {
			read = await Promise.all(positions.map((one) => readPage(ctx, path, qs, one, subject)));
		} catch (error) {
			if (!refusesSize(error, { page, size })) throw error as NodeApiError;
			size = DEFAULT_PAGE;
			read = [await readPage(ctx, path, qs, { page, size }, subject)];
		}
		for (const given of read) {
			page++;
			const rows = given.filter((row) => !seen.has(keyOf(row)));
			for (const row of rows) seen.add(keyOf(row));
			if (rows.length === 0) return;
			yield { rows, next: { page, size }, hasMoved: rows.length < given.length };
		}
	}
	throw apiError(ctx.getNode(), {
		message: `The ${subject.noun} has no end`,
		description: `More than ${MOST_PAGES} pages were read, each with new records. Set a limit, or check what responds at the API URL in the credential.`,
	});
}
