import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { NEWEST } from '../../local/n8n/versions.mjs';
import type { Curves } from './growth.mjs';
import { plotGrowth } from './plot.mjs';
import { isMet, markdown, MIB, ratio, type Row } from './table.mjs';

const FOLDER = fileURLToPath(new URL('results/', import.meta.url));
const DOCS_PAGE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
const BEGIN = '<!-- results -->';
const END = '<!-- end of results -->';

/** The measurements and the machine. */
export interface Report {
	date: string;
	machine: string;
	versions: string;
	rounds: number;
	/** When each part was measured. */
	parts: Record<string, string>;
	rows: Array<Row & { part: string }>;
	growth?: Curves;
}

export const machine = () =>
	`${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / MIB / 1024)} GiB, ${type()} ${release()} ${arch()}`;

export const versions = () => `n8n ${NEWEST.n8n}, Node.js ${NEWEST.node}`;

/** The report as a page: the machine, and one table. */
export function page({ date, machine, versions, rounds, rows, parts }: Report) {
	const others = Object.entries(parts).filter(([, measured]) => measured !== date);
	const earlier = others.map(([part, measured]) => ` The part ${part} is of ${measured}.`);
	return `${date}, ${machine}, ${versions}. Medians of ${rounds} rounds; of counts the largest.${earlier.join('')}\n\n${markdown(rows)}\n`;
}

/**
 * Merges new measurements of some parts into the last committed report, in the order of all parts.
 * @param names of all parts
 */
export async function withCommitted(report: Report, names: string[]): Promise<Report> {
	const committed = JSON.parse(await readFile(join(FOLDER, 'latest.json'), 'utf8')) as Report;
	const isNew = (name: string) => Object.hasOwn(report.parts, name);
	const ofPart = (name: string) =>
		(isNew(name) ? report : committed).rows.filter(({ part }) => part === name);
	const known = names.filter((name) => isNew(name) || Object.hasOwn(committed.parts, name));
	return {
		...report,
		parts: Object.fromEntries(
			known.map((name) => [name, (isNew(name) ? report : committed).parts[name]]),
		),
		rows: known.flatMap(ofPart),
		growth: report.growth ?? committed.growth,
	};
}

/** The part of docs/benchmarks.md that `npm run bench` writes. */
export const resultsIn = (docs: string) => docs.split(BEGIN)[1].split(END)[0].trim();

async function writeDocs(report: Report) {
	const docs = await readFile(DOCS_PAGE, 'utf8');
	const text = docs.replace(resultsIn(docs), () => page(report).trim());
	await writeFile(
		DOCS_PAGE,
		await format(text, { ...(await resolveConfig(DOCS_PAGE)), filepath: DOCS_PAGE }),
	);
}

/** Writes `latest.json`, the table in docs/benchmarks.md, and, if curves were measured, `growth.svg`. */
export async function writeResults(report: Report) {
	await mkdir(FOLDER, { recursive: true });
	const rows = report.rows.map((row) => ({ ...row, ratio: ratio(row), reached: isMet(row) }));
	await writeFile(
		join(FOLDER, 'latest.json'),
		`${JSON.stringify({ ...report, rows }, null, '\t')}\n`,
	);
	if (report.growth) await writeFile(join(FOLDER, 'growth.svg'), plotGrowth(report.growth));
	await writeDocs(report);
}
