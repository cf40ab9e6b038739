import { readFileSync } from 'node:fs';
import { page, resultsIn, type Report } from '../bench/results.mjs';

/** Removes the padding that prettier adds to a table. */
const plain = (markdown: string) => markdown.trim().replace(/ +/g, ' ').replace(/-{3,}/g, '---');

it('the benchmarks page has the numbers of the committed run', () => {
	const report = JSON.parse(readFileSync('test/bench/results/latest.json', 'utf8')) as Report;
	expect(plain(resultsIn(readFileSync('docs/benchmarks.md', 'utf8')))).toBe(plain(page(report)));
});
