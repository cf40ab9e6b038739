import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const filesIn = (folder: string) =>
	readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

const unitTests = filesIn('test/unit');

it('test/unit mirrors nodes/Unstructured one to one', () => {
	const strangers = unitTests.filter((path) => {
		const [, name] = /^(.+)\.test\.mts$/.exec(path) ?? [];
		return name === undefined || !existsSync(`nodes/Unstructured/${name}.ts`);
	});
	expect(unitTests.length).toBeGreaterThan(20);
	expect(strangers).toEqual([]);
});

it('each unit test imports the module that it mirrors', () => {
	const strangers = unitTests.filter((path) => {
		const name = path.replace(/\.test\.mts$/, '');
		const text = readFileSync(join('test/unit', path), 'utf8');
		// Only the description shows the parts of the whole node.
		return !text.includes(`'${name}'`) && !text.includes('new Unstructured()');
	});
	expect(strangers).toEqual([]);
});

it('each folder of test/local mirrors a folder of local/', () => {
	const folders = readdirSync('test/local');
	expect(folders.length).toBeGreaterThan(1);
	expect(folders.filter((name) => !existsSync(join('local', name)))).toEqual([]);
});
