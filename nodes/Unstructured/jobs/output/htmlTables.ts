import { FlowText, isBlock } from './flowText';
import { readHtml, type HtmlHandler } from './htmlTokens';
import { columnSpan, layOut, rowSpan, type TableCell, type TableSection } from './tableGrid';

/** A table of an HTML text. */
export interface HtmlTable {
	/** In one line; empty if there is none. */
	caption: string;
	/** The texts of the cells, each in one line and repeated in each slot that its cell spans. Rows may differ in length. */
	rows: string[][];
	/** Whether no cell spans and no table is nested in another, so `rows` is the whole table. */
	isPlain: boolean;
	/** The HTML of the table, unchanged. */
	html: string;
}

/**
 * The most characters that spans may repeat in one HTML text. Each copy counts as a few more. Only a text made to fill the
 * memory exceeds this. Its other spans count as single cells.
 */
const MOST_REPEATED = 16_000_000;

const SECTIONS = new Set(['tbody', 'tfoot', 'thead']);

/** An open table, and where the parser is in it. HTML calls these insertion modes. */
class OpenTable {
	readonly sections: TableSection[] = [];

	isPlain = true;

	/** The text of the open caption or cell; undefined between them. */
	flow: FlowText | undefined;

	private captions: FlowText[] = [];

	private section: string | undefined;

	private row: TableCell[] | undefined;

	private cell: string | undefined;

	/** @param at the index of its "<"  */
	constructor(readonly at: number) {}

	get caption() {
		return this.captions.map(String).filter(Boolean).join(' ');
	}

	startTag(name: string, attributes: ReadonlyMap<string, string>) {
		if (name === 'td' || name === 'th') this.openCell(name, attributes);
		else if (name === 'tr') this.openRow();
		else if (SECTIONS.has(name)) this.openSection(name);
		else if (name === 'caption') this.openCaption();
		else if (name === 'col' || name === 'colgroup') this.closeSection();
		else return false;
		return true;
	}

	/** Ignores an end tag that closes nothing open. */
	endTag(name: string) {
		if (name === 'td' || name === 'th') {
			if (this.cell === name) this.closeCell();
		} else if (name === 'tr') {
			if (this.row) this.closeRow();
		} else if (SECTIONS.has(name)) {
			if (this.section === name) this.closeSection();
		} else if (name === 'caption') {
			if (!this.section) this.flow = undefined;
		} else return false;
		return true;
	}

	private openCell(name: string, attributes: ReadonlyMap<string, string>) {
		this.closeCell();
		if (!this.row) this.openRow();
		this.cell = name;
		this.flow = new FlowText();
		const columns = columnSpan(attributes.get('colspan'));
		const rows = rowSpan(attributes.get('rowspan'));
		if (columns !== 1 || rows !== 1) this.isPlain = false;
		this.row!.push({ text: this.flow, columns, rows });
	}

	private openRow() {
		this.closeRow();
		if (!this.section) this.openSection('tbody');
		this.row = [];
		this.sections.at(-1)!.rows.push(this.row);
	}

	private openSection(name: string) {
		this.closeSection();
		this.section = name;
		this.sections.push({ name, rows: [] });
	}

	private openCaption() {
		this.closeSection();
		this.flow = new FlowText();
		this.captions.push(this.flow);
	}

	private closeCell() {
		this.cell = undefined;
		this.flow = undefined;
	}

	private closeRow() {
		this.closeCell();
		this.row = undefined;
	}

	private closeSection() {
		this.closeRow();
		this.section = undefined;
	}
}

/** Builds tables from tags, as HTML prescribes it (https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intable). */
class BlockReader implements HtmlHandler {
	readonly blocks: Array<string | HtmlTable> = [];

	/** The open tables, the innermost last. The content of a cell of the first one is text of that cell. */
	private readonly tables: OpenTable[] = [];

	private readonly repeats = { left: MOST_REPEATED };

	/** Text outside of tables. */
	private paragraph = new FlowText();

	constructor(private readonly html: string) {}

	/** Places text of a table outside its cells before the table, as browsers do. */
	text(text: string) {
		(this.tables[0]?.flow ?? this.paragraph).add(text);
	}

	startTag(name: string, attributes: ReadonlyMap<string, string>, at: number) {
		if (name === 'table') {
			this.openTable(at);
			return;
		}
		this.tables[0]?.flow?.startTag(name);
		if (!this.tables.at(-1)?.startTag(name, attributes)) this.separate(name);
	}

	endTag(name: string, end: number) {
		this.tables[0]?.flow?.endTag(name);
		if (name === 'table') this.closeTable(end);
		else if (!this.tables.at(-1)?.endTag(name)) this.separate(name);
	}

	end() {
		while (this.tables.length > 0) this.closeTable(this.html.length);
		this.endParagraph();
	}

	private separate(name: string) {
		if (!this.tables[0]?.flow && isBlock(name)) this.endParagraph();
	}

	private openTable(at: number) {
		const innermost = this.tables.at(-1);
		// A table directly in a table ends it: only a cell or a caption may contain one.
		if (innermost && !innermost.flow) this.closeTable(at);
		const [outermost] = this.tables;
		if (outermost) {
			outermost.isPlain = false;
			outermost.flow?.startTag('table');
		} else this.endParagraph();
		this.tables.push(new OpenTable(at));
	}

	private closeTable(end: number) {
		const table = this.tables.pop();
		if (!table || this.tables.length > 0) return;
		this.endParagraph();
		const { at, caption, isPlain, sections } = table;
		const html = this.html.slice(at, end);
		this.blocks.push({ caption, rows: layOut(sections, this.repeats), isPlain, html });
	}

	private endParagraph() {
		const text = this.paragraph.toString();
		if (text) this.blocks.push(text);
		this.paragraph = new FlowText();
	}
}

function read(html: string) {
	const reader = new BlockReader(html);
	readHtml(html, reader);
	reader.end();
	return reader.blocks;
}

const isTable = (block: string | HtmlTable) => typeof block !== 'string';

/**
 * Returns the paragraphs and tables of an HTML text, in order. A nested table is text of its cell. Rows without a table around
 * them are one table. Accepts any text, in linear time and memory.
 */
export function readBlocks(html: string): Array<string | HtmlTable> {
	const blocks = read(html);
	const isPart = !blocks.some(isTable) && /<t[rdh][\s/>]/i.test(html);
	return isPart ? read(`<table>${html}`) : blocks;
}

/** Returns the tables of an HTML text, in order; see `readBlocks`. */
export const readTables = (html: string): HtmlTable[] => readBlocks(html).filter(isTable);
