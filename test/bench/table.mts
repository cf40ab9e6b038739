export const MIB = 1024 * 1024;

export const median = (values: number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** One measurement in several rounds, next to that of a peer in the same rounds. */
export interface Row {
	/** Seconds never fail a run: a machine may be busy. Counts and memory do. */
	kind: 'time' | 'memory' | 'count';
	what: string;
	unit: string;
	own: number[];
	peer?: { name: string; values: number[] };
	/** The goal for the value itself, or for its ratio to the peer's. */
	goal?: { of: 'value' | 'ratio'; atMost: number };
}

interface Beside {
	peer?: { name: string; values: number[] };
	atMost?: number;
}

/** A row of times in milliseconds, shown in seconds. The goal applies to their ratio to the peer's. */
export function timeRow(what: string, own: number[], { peer, atMost }: Beside): Row {
	const seconds = (values: number[]) => values.map((ms) => ms / 1000);
	return {
		kind: 'time',
		what: `${what}: time`,
		unit: 's',
		own: seconds(own),
		...(peer && { peer: { name: peer.name, values: seconds(peer.values) } }),
		...(atMost && { goal: { of: 'ratio', atMost } }),
	};
}

/** A row of bytes, shown in MiB. The goal applies to the node's own value. */
export function memoryRow(what: string, own: number[], { peer, atMost }: Beside): Row {
	const mib = (values: number[]) => values.map((bytes) => bytes / MIB);
	return {
		kind: 'memory',
		what: `${what}: growth of peak memory`,
		unit: 'MiB',
		own: mib(own),
		...(peer && { peer: { name: peer.name, values: mib(peer.values) } }),
		...(atMost && { goal: { of: 'value', atMost: atMost / MIB } }),
	};
}

/** Returns the median of the rounds. For counts, which have no outliers, the largest. */
export const summary = ({ kind }: Row, values: number[]) =>
	kind === 'count' ? Math.max(...values) : median(values);

export const ratio = (row: Row) =>
	row.peer && summary(row, row.own) / summary(row, row.peer.values);

/** Whether a row reaches its goal, or undefined without a goal. A value that is not a number reaches none. */
export function isMet(row: Row): boolean | undefined {
	if (!row.goal) return undefined;
	const value = row.goal.of === 'ratio' ? ratio(row) : summary(row, row.own);
	return value !== undefined && value <= row.goal.atMost;
}

const rounded = (value: number) => String(Number(value.toPrecision(3)));

function cells(row: Row): string[] {
	const { what, own, peer, unit, goal } = row;
	const shown = (values: number[]) => `${rounded(summary(row, values))} ${unit}`.trim();
	const times = ratio(row);
	return [
		what,
		shown(own),
		peer ? `${peer.name}: ${shown(peer.values)}` : '',
		times === undefined ? '' : rounded(times),
		goal ? `${goal.of === 'ratio' ? 'ratio' : 'value'} <= ${rounded(goal.atMost)}` : '',
		goal ? (isMet(row) ? 'yes' : 'no') : '',
	];
}

/** Rows as a Markdown table. */
export function markdown(rows: Row[]): string {
	const head = ['measured', 'node', 'peer', 'ratio', 'goal', 'reached'];
	const line = (texts: string[]) => `| ${texts.join(' | ')} |`;
	const rule = ['---', '---:', '---:', '---:', '---:', '---'];
	return [line(head), line(rule), ...rows.map((row) => line(cells(row)))].join('\n');
}
