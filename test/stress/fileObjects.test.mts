import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';
import type { MakeItems } from '../support/engine.mjs';
import { useBinaryMode } from '../support/n8n.mjs';
import { goOn, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
beforeAll(() => useBinaryMode('default'));

type Files = Record<string, unknown>;
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Items with file objects as a Code node may create them. */
const items =
	(...all: Files[]): MakeItems =>
	() =>
		Promise.resolve(
			all.map(
				(binary): INodeExecutionData => ({ json: {}, binary: binary as { data: IBinaryData } }),
			),
		);

async function run(binary: Files, binaryPropertyName = 'data') {
	const { error, run: ran } = await node.run(runParameters({ binaryPropertyName }), items(binary));
	const jobs = await node.emulator.jobs();
	return {
		error,
		files: jobs.flatMap(({ files }) => files),
		hints: ran.data.resultData.runData.Unstructured[0].hints,
	};
}

const text = (content: string, rest: Files = {}) => ({
	data: base64(content),
	mimeType: 'text/plain',
	fileName: 'a.txt',
	...rest,
});

describe('starts no job for content that cannot be decoded:', () => {
	it.each<[string, Files, RegExp]>([
		[
			'a storage without an ID',
			{ data: 'filesystem-v2' },
			/names n8n's storage "filesystem-v2", but its 'id'/,
		],
		['a database without an ID', { data: 'database', id: '' }, /storage "database"/],
		['plain text', { data: 'hello' }, /text that is not base64/],
		['words', { data: 'hello world' }, /text that is not base64/],
		['padding in the middle', { data: 'QUJD====QUJD' }, /text that is not base64/],
		['a Buffer', { data: Buffer.from('hello') }, /'data' is a Buffer instead/],
		['a Buffer as JSON', { data: { type: 'Buffer', data: [1] } }, /'data' is a Buffer instead/],
		['a list', { data: [1] }, /'data' is a list/],
		['a number', { data: 5 }, /'data' is a number/],
		['null', { data: null }, /'data' is null/],
		['nothing', { data: undefined }, /'data' and 'id' are missing/],
		[
			'a truncated data URI',
			{ data: 'data:text/plain;base64,QUJDR' },
			/data URI that can't be decoded/,
		],
		['a data URI with a broken escape', { data: 'data:,%E0' }, /data URI that can't be decoded/],
		['an ID that is not a string', { id: 7 }, /'id' is a number/],
		['an ID of an unknown storage', { id: 'nowhere:1' }, /no longer in n8n's binary storage/],
		['no bytes', { data: '' }, /is empty/],
	])('%s', async (_what, rest, says) => {
		const { error, files } = await run({ data: text('x', rest) });
		expect(error?.message).toMatch(says);
		expect(files).toEqual([]);
	});
});

describe('sends content that can be decoded:', () => {
	it.each<[string, Files, string, string]>([
		[
			'a data URI',
			{ data: `data:text/csv;charset=utf-8;base64,${base64('a,b')}` },
			'a,b',
			'text/plain',
		],
		['a data URI alone', { data: 'data:text/csv,a%2Cb', mimeType: null }, 'a,b', 'text/csv'],
		['another declared size', { bytes: 7, fileSize: '9 MB' }, 'x', 'text/plain'],
	])('%s', async (_what, rest, content, type) => {
		const { error, files } = await run({ data: text('x', rest) });
		expect(error).toBeUndefined();
		expect(files).toMatchObject([
			{ sha256: sha256(content), size: content.length, contentType: type },
		]);
	});
});

describe('sends the name and type', () => {
	const pdf = { data: base64('%PDF'), mimeType: 'application/pdf' };
	it.each<[Files, string, string]>([
		[
			{ fileName: 'Quarterly report', fileExtension: 'pdf' },
			'Quarterly report.pdf',
			'application/pdf',
		],
		[{ fileName: 'Quarterly report' }, 'Quarterly report.pdf', 'application/pdf'],
		[{ fileName: 'v1.2', fileExtension: 'pdf' }, 'v1.2.pdf', 'application/pdf'],
		[{ fileName: 12345 }, '12345.pdf', 'application/pdf'],
		[{ fileExtension: '.pdf' }, 'data.pdf', 'application/pdf'],
		[{ fileName: null, fileExtension: 5 }, 'data.5', 'application/pdf'],
		[{ fileName: { a: 1 }, fileExtension: {} }, 'data.pdf', 'application/pdf'],
		[{ fileName: 'a.pdf', mimeType: undefined }, 'a.pdf', 'application/pdf'],
		[
			{ fileName: 'a.docx', mimeType: 7 },
			'a.docx',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
		],
		[{ fileName: 'a', mimeType: null }, 'a', 'application/octet-stream'],
		[{ fileName: 'a', mimeType: null, fileExtension: 'md' }, 'a.md', 'text/markdown'],
		[{ fileName: 'a.pdf', mimeType: 'application/pdf;' }, 'a.pdf', 'application/pdf'],
		[{ fileName: 'a.pdf', mimeType: 'application/pdf; name="ü\u0000' }, 'a.pdf', 'application/pdf'],
		[{ fileName: 'a.pdf', mimeType: 'pdf' }, 'a.pdf', 'application/octet-stream'],
	])('of %j', async (rest, fileName, contentType) => {
		const { error, files } = await run({ data: { ...pdf, ...rest } });
		expect(error).toBeUndefined();
		expect(files).toMatchObject([{ fileName, contentType }]);
	});
});

describe('finds files named by an expression:', () => {
	const a = text('one', { fileName: 'same.txt' });
	const b = text('two', { fileName: 'same.txt' });
	const c = text('three', { fileName: 'other.txt' });
	it.each([
		['={{ $binary.c }}', ['three']],
		['={{ $binary }}', ['one', 'two', 'three']],
		['={{ [$binary.c, "b"] }}', ['three', 'two']],
		["={{ $('Source').item.binary.b }}", ['two']],
		["={{ [$('Source').item.binary.b, $('Source').item.binary.a] }}", ['two', 'one']],
		['b, a', ['two', 'one']],
	])('%s', async (field, contents) => {
		const { error, files } = await run({ a, b, c }, field);
		expect(error).toBeUndefined();
		expect(files.map((file) => file.sha256)).toEqual(contents.map(sha256));
	});

	it.each(['={{ $binary.b }}', '={{ [$binary.a, $binary.b] }}'])(
		'%s asks for the field name if two files match',
		async (field) => {
			const { error, files } = await run({ a, b, c }, field);
			expect(error?.message).toMatch(/Several files of the item fit/);
			expect(error?.description).toMatch(/Enter the name of the field instead.*'a', 'b'/);
			expect(files).toEqual([]);
		},
	);

	it('sends a file that is in two fields', async () => {
		const { files } = await run({ a, again: a }, '={{ $binary.again }}');
		expect(files).toMatchObject([{ sha256: sha256('one') }]);
	});
});

describe('empty and missing files', () => {
	const email = { a: text('one'), b: text('', { fileName: 'empty.txt' }), c: text('two') };

	it('shows one hint for the empty files of all items', async () => {
		const parameters = runParameters({ binaryPropertyName: '*' });
		const { run: ran } = await node.run(parameters, items(email, { a: text('three') }, email));
		const { hints = [] } = ran.data.resultData.runData.Unstructured[0];
		expect(hints.map(({ message }) => message)).toContain(
			"Empty files were skipped: 'empty.txt' of item 1, 'empty.txt' of item 3.",
		);
	});

	it('* skips an empty file and names it in a hint', async () => {
		const { error, files, hints } = await run(email, '*');
		expect(error).toBeUndefined();
		expect(files.map((file) => file.sha256)).toEqual([sha256('one'), sha256('two')]);
		expect(hints).toContainEqual(
			expect.objectContaining({ message: "Empty files were skipped: 'empty.txt' of item 1." }),
		);
	});

	it.each([
		['b', email],
		['a, b', email],
		['*', { b: email.b }],
	])('%s rejects an empty file', async (field, binary) => {
		const { error, files } = await run(binary, field);
		expect(error?.message).toBe("The file 'empty.txt' is empty");
		expect(files).toEqual([]);
	});

	it("sends an item's only file if the field has its default", async () => {
		expect((await run({ attachment_0: email.a })).files).toMatchObject([{ sha256: sha256('one') }]);
	});

	it.each<[string, Files, RegExp]>([
		['data', email, /^Available fields: 'a', 'b', 'c'\./],
		['file', { a: email.a }, /^Available fields: 'a'\./],
		['data', {}, /Edit Fields, may have dropped them/],
		['*', {}, /Edit Fields, may have dropped them/],
	])('%s explains what to do if the file is missing', async (field, binary, says) => {
		const { error, files } = await run(binary, field);
		expect(error?.message).toMatch(/There is no file in the field|The item has no files/);
		expect(error?.description).toMatch(says);
		expect(files).toEqual([]);
	});
});

const junk = fc.oneof(
	fc.constantFrom(
		undefined,
		null,
		'',
		0,
		-1,
		NaN,
		true,
		[],
		{},
		'a.pdf',
		'.pdf',
		'text/plain',
		'x;y',
	),
	fc.jsonValue(),
	fc.uint8Array({ maxLength: 4 }),
);
const content = fc.oneof(
	fc.string().map(base64),
	fc.string().map((any) => `data:;base64,${base64(any)}`),
	fc.constantFrom('filesystem-v2', 'hello', 'QUJD====QUJD', 'QUI', 'data:,x', 'data:x'),
	fc.string(),
	junk,
);
const fileObject = fc.record(
	{
		data: content,
		id: fc.oneof(
			{ weight: 9, arbitrary: fc.constant(undefined) },
			fc.constant('filesystem-v2:no'),
			junk,
		),
		mimeType: junk,
		fileName: junk,
		fileExtension: junk,
		fileSize: junk,
		bytes: junk,
		directory: junk,
	},
	{ requiredKeys: [] },
);

it('uploads file objects that can be decoded and explains each of the others', async () => {
	const objects = fc.sample(fileObject, 10_000);
	const { outputs, error } = await node.run(
		runParameters(),
		items(...objects.map((data) => ({ data }))),
		goOn,
	);
	expect(error).toBeUndefined();
	const failures = outputs[0].filter(({ json }) => json.error !== undefined);
	const [job] = await node.emulator.jobs();
	expect(failures.length).toBeGreaterThan(1_000);
	expect(job.files.length).toBeGreaterThan(1_000);
	expect(failures.length + job.files.length).toBe(objects.length);
	for (const { json } of failures) {
		expect(json.error).toMatch(
			/^Could not read the file '.*': its '(data|id)' |^The file '.*' is (empty|no longer in n8n's binary storage)$/s,
		);
	}
	const decodable = new Set(
		objects.map(({ data }) => {
			const payload = typeof data === 'string' ? data.replace(/^data:;base64,/, '') : '';
			return sha256(data === 'data:,x' ? 'x' : Buffer.from(payload, 'base64'));
		}),
	);
	expect(job.files.filter((file) => !decodable.has(file.sha256))).toEqual([]);
}, 120_000);
