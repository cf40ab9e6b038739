import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Linted {
	filePath: string;
	messages: Array<{ message: string; line: number }>;
}

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'prose-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the prose lint over files with these texts, and returns its messages with their lines, by file. */
async function lint(planted: Record<string, string>) {
	for (const [path, text] of Object.entries(planted)) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	}
	const textlint = resolve('node_modules/textlint/bin/textlint.js');
	const files = Object.keys(planted).map((path) => join(folder, path));
	const config = ['-c', 'test/prose/textlint.config.cjs', '--rulesdir', 'test/prose/rules'];
	const args = [textlint, ...config, '-f', 'json', ...files];
	const output = await new Promise<string>((done, fail) => {
		execFile(process.execPath, args, (_error, stdout, stderr) => {
			if (stdout) done(stdout);
			else fail(new Error(stderr));
		});
	});
	return Object.fromEntries(
		(JSON.parse(output) as Linted[]).map(({ filePath, messages }) => [
			filePath.slice(folder.length + 1),
			messages.map(({ message, line }) => `${line}: ${message}`),
		]),
	);
}

/** Spelled in two parts, so this file itself passes the lint. */
const GIVES_OUT = ['gives', 'out'].join(' ');
const [EMAIL, CANCELED] = [['e', 'mail'].join('-'), ['cancel', 'led'].join('')];
const found = (line: number) => [
	expect.stringMatching(new RegExp(`^${line}: .*${GIVES_OUT}.*return`)) as string,
];

it('finds a word in each kind of text', async () => {
	const planted = {
		'README.md': `# Title\n\nThe node ${GIVES_OUT} the job.\n`,
		'docs/list.md': `- The node\n- It ${GIVES_OUT} the job\n\n| a |\n| - |\n| b |\n`,
		'nodes/literal.ts': `export const text = 'The node ${GIVES_OUT} the job';\n`,
		'nodes/template.ts': `export const text = (id: string) =>\n\t\`Job \${id} ${GIVES_OUT} it: \${id}\`;\n`,
		'nodes/doc.ts': `/**\n * The node ${GIVES_OUT.replace(' ', '\n * ')} the job.\n */\nexport const a = 1;\n`,
		'local/line.mts': `export const a = 1; // It ${GIVES_OUT} the job.\n`,
		'local/lines.mts': `export const a = 1;\n// The node ${GIVES_OUT.replace(' ', '\n// ')} the job.\nexport const b = 2;\n`,
		'test/name.test.mts': `it('${GIVES_OUT} the job', () => {});\n`,
		'examples/note.json': `{\n"content": "## Title\\nThe node ${GIVES_OUT}\\nthe job"\n}\n`,
	};
	expect(await lint(planted)).toEqual({
		'README.md': found(3),
		'docs/list.md': found(2),
		'nodes/literal.ts': found(1),
		'nodes/template.ts': found(2),
		'nodes/doc.ts': [expect.stringMatching(/^2: .*return/s) as string],
		'local/line.mts': found(1),
		'local/lines.mts': [expect.stringMatching(/^2: .*return/s) as string],
		'test/name.test.mts': found(1),
		'examples/note.json': found(2),
	});
});

it('finds other spellings, and the periods of joined texts', async () => {
	const period = '.';
	const { 'nodes/a.ts': messages } = await lint({
		'nodes/a.ts': [
			`export const a = 'Send an ${EMAIL} to it';`,
			`export const b = 'The job was ${CANCELED}';`,
			`export const c = 'Check the job${period}${period} Run it again';`,
			`export const d = '${period} Jobs finish' + c;`,
			`export const e = (a: string) => \`\${a}${period} \${a}\`;`,
			`export const f = (a: string) => \`Job \${a}${period} It is running${period}\`;`,
		].join('\n'),
	});
	expect(messages).toEqual([
		expect.stringMatching(/^1: .*“email”/),
		expect.stringMatching(/^2: .*canceled/),
		'3: A sentence ends with two periods',
		'4: A text begins with a period',
		'5: Sentences are joined by hand: call joinSentences of transport/sentences.ts',
	]);
});

it('accepts identifiers, values, paths, code, and ellipses', async () => {
	const planted = {
		'README.md': `Set \`${EMAIL}\` in the file:\n\n\`\`\`\nlook at ${CANCELED}\n\`\`\`\n`,
		'nodes/a.ts': [
			`import { answer } from './in-the-way';`,
			`export const ${CANCELED} = answer('${EMAIL}', '../..', /look at/);`,
			`export const c = 'Loading the files... 1..20';`,
		].join('\n'),
		'examples/a.json': `{ "${EMAIL}": "${CANCELED}", "url": "https://a.example/.." }`,
	};
	expect(await lint(planted)).toEqual({ 'README.md': [], 'nodes/a.ts': [], 'examples/a.json': [] });
});
