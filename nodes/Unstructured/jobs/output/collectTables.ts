import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { metadataOf, pageOf, type Collector } from './collector';
import { toCsv } from './csv';
import { readTables } from './htmlTables';
import { isElement } from './outputShapes';
import { placeName } from './placeName';
import { storeFile } from './storeFile';

/** More cells than this are not filled up to the width of the widest row. */
const MOST_CELLS = 1_000_000;

interface Table {
	rows: string[][];
	/** The HTML in the output; null if there is only text. */
	html: string | null;
}

/** Fills rows up to one length, as CSV requires. */
function evenRows(rows: string[][]): string[][] {
	const width = rows.reduce((widest, { length }) => Math.max(widest, length), 0);
	if (width * rows.length > MOST_CELLS) return rows;
	return rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
}

/** Returns the tables of an element: usually one, in a chunk none or several. A table without HTML is a single cell. */
function tablesOf(member: unknown): Table[] {
	if (!isElement(member)) return [];
	const { text_as_html: html } = metadataOf(member);
	const tables =
		typeof html === 'string' && /<t(?:able|[rdh])[\s/>]/i.test(html) ? readTables(html) : [];
	const found = tables
		.map(({ rows, html: own }) => ({
			rows: evenRows(rows.filter((row) => row.length > 0)),
			html: own,
		}))
		.filter(({ rows }) => rows.length > 0);
	if (found.length > 0) return found;
	const { type, text } = member as { type?: unknown; text?: unknown };
	const isTable = type === 'Table' || type === 'TableChunk';
	return isTable && typeof text === 'string' && text.trim()
		? [{ rows: [[text.trim()]], html: null }]
		: [];
}

/** Collects the tables of a file, one per item: rows, in which spans are repeated, and a CSV file. */
export function collectTables(ctx: IExecuteFunctions): Collector {
	const items: INodeExecutionData[] = [];
	const pending: Array<Table & { page: number | null; fileName: () => string }> = [];
	return {
		add(member, fileName) {
			const page = pageOf(member);
			for (const table of tablesOf(member)) pending.push({ ...table, page, fileName });
		},
		async settle() {
			for (const { rows, html, page, fileName } of pending.splice(0)) {
				const csv = Buffer.from(toCsv(rows));
				const data = await storeFile(ctx, csv, {
					name: placeName(fileName(), page, `table-${items.length + 1}`, 'csv'),
					type: 'text/csv',
					size: () => csv.length,
				});
				items.push({ json: { page_number: page, rows, html }, binary: { data } });
			}
		},
		finish: () => ({ items, isEmpty: items.length === 0 }),
	};
}
