import { posix } from 'node:path';

/** Path from the root of the repository -> text. */
export type Files = ReadonlyMap<string, string>;

const NOTES = ['docs/api-notes.md', 'docs/n8n-notes.md'];
const SECTIONS = /^#{2,3} (\d+(?:\.\d+)?)\b/gm;
const ROWS = /^\| (\d+\.\d+) +\|/gm;
const PAGE = /[\w./-]*\w\.md\b/g;
const CITED = /((?:api|n8n)-notes\.md)`? ((?:\d+\.\d+(?:, | and | to )?)+)/g;
const UNNUMBERED = /(?:api|n8n)-notes\.md(?!`? \d)/g;
const NUMBER = /\d+\.\d+/g;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:\w"'`])\/\/.*$/gm;
const HASH_COMMENT = /(?<=^|\s)#.*$/gm;

const isProse = (path: string) => path.endsWith('.md');

/** The prose of a file on one line: all of a page, but only the comments of a program. */
function prose(path: string, text: string): string {
	const pattern = /\.(ya?ml|sh|gitignore)$|\/run$/.test(path) ? HASH_COMMENT : COMMENT;
	const said = isProse(path) ? text : (text.match(pattern) ?? []).join('\n');
	return said.replace(/https?:\/\/\S+/g, '').replace(/\n\s*(?:\*(?!\/)|\/\/|#)?\s*/g, ' ');
}

const sectionsOf = (text: string) =>
	new Set([...text.matchAll(SECTIONS), ...text.matchAll(ROWS)].map(([, number]) => number));

/** Lists each page that a file cites and the repository does not have, and each section that a page does not have. */
export function brokenCitations(files: Files): string[] {
	const sections = new Map(NOTES.map((page) => [page, sectionsOf(files.get(page) ?? '')]));
	const broken: string[] = [];
	for (const [path, text] of files) {
		const said = prose(path, text);
		for (const [page] of said.matchAll(PAGE)) {
			const beside = posix.join(posix.dirname(path), page);
			const isThere =
				files.has(beside) || [...files.keys()].some((one) => `/${one}`.endsWith(`/${page}`));
			if (!isThere) broken.push(`${path}: ${page}`);
		}
		if (!isProse(path)) {
			for (const [page] of said.matchAll(UNNUMBERED))
				broken.push(`${path}: ${page} without a section`);
		}
		for (const [, page, numbers] of said.matchAll(CITED)) {
			for (const [number] of numbers.matchAll(NUMBER)) {
				if (!sections.get(`docs/${page}`)!.has(number)) broken.push(`${path}: ${page} ${number}`);
			}
		}
		if (!NOTES.includes(path)) continue;
		for (const [, numbers] of said.matchAll(/\((\d+\.\d+(?: to \d+\.\d+)?)\)/g)) {
			for (const [number] of numbers.matchAll(NUMBER)) {
				if (!sections.get(path)!.has(number)) broken.push(`${path}: ${number}`);
			}
		}
	}
	return broken;
}

/** Lists the numbers that two sections of a page share. */
export function doubledSections(text: string): string[] {
	const numbers = [...text.matchAll(SECTIONS), ...text.matchAll(ROWS)].map(([, number]) => number);
	return numbers.filter((number, at) => numbers.indexOf(number) !== at);
}
