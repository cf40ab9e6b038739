/** A cell as it is written, with the spans that browsers would give it. */
export interface TableCell {
	text: { toString: () => string };
	columns: number;
	/** Infinity up to the last row of its section. */
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

/** What a slot takes beside its text. */
const COPY_COST = 16;

/** HTML's rules for non-negative integers; undefined for what is none. */
function integer(value: string | undefined): number | undefined {
	const digits = /^[\t\n\f\r ]*\+?(\d+)/.exec(value ?? '')?.[1];
	return digits === undefined ? undefined : Number(digits);
}

/** The value of `colspan`, as browsers clamp it. */
export const columnSpan = (value: string | undefined) =>
	Math.min(integer(value) || 1, MOST_COLUMNS);

/** The value of `rowspan`, as browsers clamp it: 0 is up to the end of the section. */
export function rowSpan(value: string | undefined): number {
	const rows = integer(value) ?? 1;
	return rows === 0 ? Infinity : Math.min(rows, MOST_ROWS);
}

/** A cell that goes on in the rows below. */
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
		const goOn = this.growing.filter((cell) => this.repeat(row, cell, 0));
		let column = 0;
		for (const cell of cells) {
			while (row[column] !== undefined) column++;
			const text = cell.text.toString();
			row[column] = text;
			const grown = { column, columns: cell.columns, rowsLeft: cell.rows, text };
			if (!this.repeat(row, grown, 1)) continue;
			goOn.push(grown);
		}
		this.growing = goOn.filter((cell) => --cell.rowsLeft > 0);
		this.rows.push(Array.from(row, (text) => text ?? ''));
	}

	/** Fills the slots of a cell that no other one has, from its `skip`th on. False if there is no room. */
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
 * The texts of a table's cells by rows, a text repeated in each slot that its cell spans. Rows may differ in length. A
 * `tfoot` is last wherever it is written (https://html.spec.whatwg.org/multipage/tables.html#forming-a-table).
 * @param repeats how many characters spans may still repeat
 */
export function layOut(sections: TableSection[], repeats: { left: number }): string[][] {
	const grid = new Grid(repeats);
	const isFoot = ({ name }: TableSection) => name === 'tfoot';
	const ordered = [...sections.filter((one) => !isFoot(one)), ...sections.filter(isFoot)];
	for (const { rows } of ordered) grid.addSection(rows);
	return grid.rows;
}
