/** A cell of the HTML, with the spans that browsers would use. */
export interface TableCell {
	text: { toString: () => string };
	columns: number;
	/** Infinity for all remaining rows of the section. */
	rows: number;
}

/** The rows of a `thead`, `tbody` or `tfoot`. */
export interface TableSection {
	name: string;
	rows: TableCell[][];
}

/** HTML's own limits (https://html.spec.whatwg.org/multipage/tables.html#attributes-common-to-td-and-th-elements). */
const MOST_COLUMNS = 1_000;
const MOST_ROWS = 65_534;

/** What a slot costs in addition to its text. */
const COPY_COST = 16;

/** Reads a non-negative integer by HTML's rules. Undefined if there is none. */
function integer(value: string | undefined): number | undefined {
	const digits = /^[\t\n\f\r ]*\+?(\d+)/.exec(value ?? '')?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/** Returns the value of `colspan`, limited as in browsers. */
export const columnSpan = (value: string | undefined) =>
	Math.min(integer(value) || 1, MOST_COLUMNS);

/** Returns the value of `rowspan`, limited as in browsers. 0 means up to the end of the section. */
export function rowSpan(value: string | undefined): number {
	const rows = integer(value) ?? 1;
	return rows === 0 ? Infinity : Math.min(rows, MOST_ROWS);
}

/** A cell that continues in the rows below. */
interface Growing {
	column: number;
	columns: number;
	rowsLeft: number;
	text: string;
}

/** Lays out the cells of one table. */
class Grid {
	readonly rows: string[][] = [];

	private growing: Growing[] = [];

	constructor(private readonly repeats: { left: number }) {}

	addSection(rows: TableCell[][]) {
		// A span ends with its section, as in browsers.
		this.growing = [];
		for (const cells of rows) this.addRow(cells);
	}

	private addRow(cells: TableCell[]) {
		const row: Array<string | undefined> = [];
		const continuing = this.growing.filter((cell) => this.repeat(row, cell, 0));
		let column = 0;
		for (const cell of cells) {
			while (row[column] !== undefined) column++;
			const text = cell.text.toString();
			row[column] = text;
			const grown = { column, columns: cell.columns, rowsLeft: cell.rows, text };
			if (!this.repeat(row, grown, 1)) continue;
			continuing.push(grown);
		}
		this.growing = continuing.filter((cell) => --cell.rowsLeft > 0);
		this.rows.push(Array.from(row, (text) => text ?? ''));
	}

	/** Fills the free slots of a cell, starting with its `skip`th. Returns false if there is no room. */
	private repeat(row: Array<string | undefined>, cell: Growing, skip: number): boolean {
		this.repeats.left -= (cell.columns - skip) * (cell.text.length + COPY_COST);
		if (this.repeats.left < 0) return false;
		for (let slot = cell.column + skip; slot < cell.column + cell.columns; slot++) {
			row[slot] ??= cell.text;
		}
		return true;
	}
}

/**
 * Returns the texts of a table by rows, with a text repeated in each slot that its cell spans. Rows may differ in length. A
 * `tfoot` comes last wherever it is written (https://html.spec.whatwg.org/multipage/tables.html#forming-a-table).
 * @param repeats the number of characters that spans may still repeat
 */
export function layOut(sections: TableSection[], repeats: { left: number }): string[][] {
	const grid = new Grid(repeats);
	const isFoot = ({ name }: TableSection) => name === 'tfoot';
	const ordered = [...sections.filter((one) => !isFoot(one)), ...sections.filter(isFoot)];
	for (const { rows } of ordered) grid.addSection(rows);
	return grid.rows;
}
