import { mkdir, writeFile } from 'node:fs/promises';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NEWEST } from '../../local/n8n/versions.mjs';
import type { Curves } from './growth.mjs';
import { plotGrowth } from './plot.mjs';
import { isMet, markdown, MIB, ratio, type Row } from './table.mjs';

const FOLDER = fileURLToPath(new URL('results/', import.meta.url));

/** What was measured, and on what. */
export interface Report {
	date: string;
	machine: string;
	versions: string;
	rounds: number;
	rows: Row[];
	growth?: Curves;
}

export const machine = () =>
	`${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / MIB / 1024)} GiB, ${type()} ${release()} ${arch()}`;

export const versions = () => `n8n ${NEWEST.n8n}, Node.js ${NEWEST.node}`;

/** The report as a page: the machine, and one table. */
export const page = ({ date, machine, versions, rounds, rows }: Report) =>
	`${date}, ${machine}, ${versions}. Medians of ${rounds} rounds; of counts the largest.\n\n${markdown(rows)}\n`;

/** Writes `latest.md`, `latest.json` and, when curves were measured, `growth.svg`. */
export async function writeResults(report: Report) {
	await mkdir(FOLDER, { recursive: true });
	const rows = report.rows.map((row) => ({ ...row, ratio: ratio(row), reached: isMet(row) }));
	const plot = report.growth ? '\n![Growth](growth.svg)\n' : '';
	await writeFile(join(FOLDER, 'latest.md'), `# Results\n\n${page(report)}${plot}`);
	await writeFile(
		join(FOLDER, 'latest.json'),
		`${JSON.stringify({ ...report, rows }, null, '\t')}\n`,
	);
	if (report.growth) await writeFile(join(FOLDER, 'growth.svg'), plotGrowth(report.growth));
}
