export const MIB = 1024 * 1024;

export const median = (values: number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** One thing measured, with what is aimed at where there is an aim. */
export interface Measured {
	what: string;
	value: number;
	unit: string;
	atMost?: number;
}

/** Prints rows as a Markdown table. */
export function printTable(title: string, rows: Measured[]) {
	console.log(`\n${title}\n\n| measured | value | goal |\n| --- | ---: | ---: |`);
	for (const { what, value, unit, atMost } of rows) {
		const goal = atMost === undefined ? '' : `<= ${atMost}`;
		console.log(`| ${what} | ${Number(value.toFixed(2))} ${unit} | ${goal} |`);
	}
}
