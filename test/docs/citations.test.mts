import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { brokenCitations, doubledSections } from './citations.mjs';

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
	encoding: 'utf8',
});
const TEXTS = /\.(md|[cm]?[jt]s|ya?ml|json)$|^\.ci\/run$/;
/** Files whose citations do not count: the lock file, and the planted citations here. */
const SKIPPED = new Set(['package-lock.json', 'test/docs/citations.test.mts']);
const files = new Map(
	listed
		.split('\n')
		.filter((path) => TEXTS.test(path) && !SKIPPED.has(path) && existsSync(path))
		.map((path) => [path, readFileSync(path, 'utf8')]),
);

it('finds every page and section that a file cites', () => {
	expect(files.size).toBeGreaterThan(200);
	expect(brokenCitations(files)).toEqual([]);
});

it('numbers each section once', () => {
	for (const page of ['docs/api-notes.md', 'docs/n8n-notes.md']) {
		expect(doubledSections(files.get(page)!)).toEqual([]);
	}
});

describe('a planted citation', () => {
	const notes = '# Notes\n\n## 3. Runs\n\n### 3.4 Active\n\n| 11.2 | row |\n';
	const flaws = (path: string, text: string) =>
		brokenCitations(
			new Map([
				['docs/api-notes.md', notes],
				['docs/n8n-notes.md', ''],
				['README.md', ''],
				[path, text],
			]),
		);

	it.each([
		['/** As documented (docs/api-notes.md 3.4, 11.2). */'],
		['/**\n * As documented (docs/api-notes.md\n * 3.4).\n */'],
		['// See README.md\nconst name = "letter.md";'],
		['const url = "https://example.com/page.md";'],
	])('accepts %j', (text) => {
		expect(flaws('nodes/a.ts', text)).toEqual([]);
	});

	it.each([
		['nodes/a.ts', '/** As documented (docs/api-notes.md 3.5). */', 'nodes/a.ts: api-notes.md 3.5'],
		['nodes/a.ts', '// docs/api-notes.md 3.4 and 9.9', 'nodes/a.ts: api-notes.md 9.9'],
		['nodes/a.ts', '/**\n * (docs/api-notes.md\n * 3.5)\n */', 'nodes/a.ts: api-notes.md 3.5'],
		['nodes/a.ts', '// see docs/api-notes.md', 'nodes/a.ts: api-notes.md without a section'],
		['test/a.mts', '// n8n-inside.md 3.4', 'test/a.mts: n8n-inside.md'],
		['local/a.yaml', 'a: 1 # from api.md', 'local/a.yaml: api.md'],
		['docs/b.md', 'See [there](../missing.md).', 'docs/b.md: ../missing.md'],
		['docs/api-notes.md', `${notes} as said (3.7)`, 'docs/api-notes.md: 3.7'],
	])('is reported in %s: %j', (path, text, flaw) => {
		expect(flaws(path, text)).toContain(flaw);
	});

	it('reports a number that two sections share', () => {
		expect(doubledSections(`${notes}### 3.4 Again\n`)).toEqual(['3.4']);
	});
});
