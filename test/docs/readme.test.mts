import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { Unstructured } from '../support/n8n.mjs';

const read = (path: string) => readFileSync(path, 'utf8');
const docs = readdirSync('docs').filter((name) => name.endsWith('.md'));
const PAGES = [
	'README.md',
	'CONTRIBUTING.md',
	'SECURITY.md',
	...docs.map((name) => `docs/${name}`),
];

const LINK = /\]\((?!https?:)([^)\s]+)\)/g;
const slug = (heading: string) =>
	heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, '')
		.trim()
		.replace(/\s/g, '-');
const anchors = (path: string) =>
	[...read(path).matchAll(/^#+ (.+)$/gm)].map(([, one]) => slug(one));

/** The files that a page links to, and its broken links. */
function linksOf(path: string) {
	const links = [...read(path).matchAll(LINK)].map(([, link]) => {
		const [file, anchor] = link.split('#');
		return { target: file ? posix.join(posix.dirname(path), file) : path, anchor };
	});
	const broken = links.filter(
		({ target, anchor }) =>
			!existsSync(target) ||
			(anchor !== undefined && !anchors(target).includes(anchor.toLowerCase())),
	);
	return { targets: links.map(({ target }) => target), broken };
}

it.each(PAGES)('every link of %s leads to a file and a heading', (path) => {
	expect(linksOf(path).broken).toEqual([]);
});

it('the README links to every page and every example', () => {
	const { targets } = linksOf('README.md');
	const examples = readdirSync('examples').map((name) => `examples/${name}`);
	expect(targets).toEqual(expect.arrayContaining([...examples, ...PAGES.slice(1)]));
});

it('the workflow that the README opens is an example, with that node and trigger', () => {
	const { name, node } =
		/\*\*(?<name>Unstructured: [^*]+)\*\*.*Open the node \*\*(?<node>[^*]+)/s.exec(
			read('README.md'),
		)!.groups!;
	const examples = readdirSync('examples').map(
		(one) =>
			JSON.parse(read(`examples/${one}`)) as { name: string; nodes: Array<{ name: string }> },
	);
	const opened = examples.find((one) => one.name === name);
	const names = opened?.nodes.map((one) => one.name);
	expect(names).toEqual(expect.arrayContaining(['Try It', node]));
});

it('every picture is shown on a page', () => {
	const shown = PAGES.flatMap((path) => linksOf(path).targets);
	for (const name of readdirSync('docs/images')) expect(shown).toContain(`docs/images/${name}`);
});

const cells = (row: string) => row.split('|').map((cell) => cell.trim().replace(/[*\\]/g, ''));

/** Resource -> the operations in the README table of that name. */
function listedOperations(): Map<string, string[]> {
	const section = read('README.md').split('## Operations')[1].split('\n## ')[0];
	const listed = new Map<string, string[]>();
	for (const table of section.split('\n\n').filter((part) => part.startsWith('|'))) {
		const [head, , ...rows] = table.trim().split('\n');
		const operations = rows.flatMap((row) => cells(row)[1].split(', '));
		for (const resource of cells(head)[1].split(', ')) listed.set(resource, operations);
	}
	return listed;
}

it('the README lists every operation of every resource', () => {
	const { properties } = new Unstructured().description;
	const optionsOf = (name: string, resource?: string) =>
		properties
			.filter(
				({ name: its, displayOptions }) =>
					its === name &&
					(resource === undefined || displayOptions?.show?.resource?.includes(resource)),
			)
			.flatMap(({ options }) => options as Array<{ name: string; value: string }>);
	const expected = optionsOf('resource').map(({ name, value }) => [
		name,
		optionsOf('operation', value)
			.map((operation) => operation.name)
			.sort(),
	]);
	const listed = [...listedOperations()].map(([name, operations]) => [name, operations.sort()]);
	expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(expected));
});

const sources = readdirSync('nodes', { recursive: true, encoding: 'utf8' })
	.map((name) => `nodes/${name}`)
	.filter((path) => path.endsWith('.ts') && statSync(path).isFile())
	.map(read)
	.join('\n');

it('every message under Troubleshooting is one of the node', () => {
	const section = read('README.md').split('## Troubleshooting')[1].split('\n## ')[0];
	const messages = [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, message]) => message);
	expect(messages).toHaveLength(6);
	expect(messages.filter((message) => !sources.includes(message))).toEqual([]);
});

it('the page of the local demo names every variable that npm start reads', () => {
	const programs = [
		'local/start.mts',
		...readdirSync('local/n8n').map((one) => `local/n8n/${one}`),
	];
	const names = programs.flatMap((path) =>
		[...read(path).matchAll(/(?:process\.env\.|freePort\(')(\w+)/g)].map(([, name]) => name),
	);
	expect(names.length).toBeGreaterThan(5);
	const page = read('docs/local-demo.md');
	const unnamed = names.filter((name) => !page.includes(`\`${name}\``));
	expect(unnamed).toEqual([]);
});
