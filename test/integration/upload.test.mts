import { createHash } from 'node:crypto';
import type { IBinaryData } from 'n8n-workflow';
import { filesAsItems, type MakeItems } from '../support/engine.mjs';
import { useBinaryMode, type BinaryMode } from '../support/n8n.mjs';
import { BUCKET, byId, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

/** The only run that the server received. */
async function upload() {
	const posts = await node.emulator.requests('POST', /\/run$/);
	expect(posts).toHaveLength(1);
	return posts[0];
}

describe.each<BinaryMode>(['filesystem', 'default'])('binaries in %s mode', (mode) => {
	beforeAll(() => useBinaryMode(mode));

	it.each([3, 500])('sends %d items as one job, in order, with names and types', async (count) => {
		const files = Array.from({ length: count }, (_, i) => ({
			name: `report ${i}.${i % 2 ? 'txt' : 'csv'}`,
			data: `content ${i};`.repeat(i + 1),
			type: i % 2 ? 'text/plain' : 'text/csv',
		}));
		const { outputs } = await node.run(runParameters(), filesAsItems(files));

		expect((await upload()).files).toEqual(
			files.map(({ name, data, type }) => ({
				fieldName: 'input_files',
				fileName: name,
				contentType: type,
				size: Buffer.byteLength(data),
				sha256: sha256(data),
			})),
		);
		const [job] = await node.emulator.jobs();
		expect(outputs).toEqual([
			[
				{
					json: expect.objectContaining({
						id: job.id,
						input_file_ids: job.input_file_ids,
					}) as object,
					pairedItem: files.map((_, item) => ({ item })),
				},
			],
		]);
	});

	it('sends the bytes unchanged, with the content length', async () => {
		const data = Buffer.from(Array.from({ length: 2_500_001 }, (_, i) => (i * 31) % 256));
		await node.run(
			runParameters(),
			filesAsItems([{ name: 'a.bin', data, type: 'application/octet-stream' }]),
		);
		const { files, headers } = await upload();
		expect(files[0]).toMatchObject({ size: data.length, sha256: sha256(data) });
		expect(Number(headers['content-length'])).toBeGreaterThan(data.length);
		expect(headers['transfer-encoding']).toBeUndefined();
	});

	it('allows no file name or type to add a header', async () => {
		const files = [
			{ name: 'Bericht "März" 2026\r\nX: y.pdf', data: 'one', type: 'application/pdf' },
			{ name: '../../請求書\u0000.pdf', data: 'two', type: 'text/plain\r\nX: y' },
		];
		await node.run(runParameters(), filesAsItems(files));
		expect((await upload()).files).toMatchObject([
			{
				fileName: "Bericht 'März' 2026 X: y.pdf",
				contentType: 'application/pdf',
				sha256: sha256('one'),
			},
			{
				fileName: '.._.._請求書.pdf',
				contentType: 'application/octet-stream',
				sha256: sha256('two'),
			},
		]);
	});
});

describe("n8n's combined layout", () => {
	beforeAll(() => useBinaryMode('filesystem'));

	it.each(['data', '_files.data', '*', '={{ $json._files.data }}'])(
		'sends the file of %s',
		async (binaryPropertyName) => {
			const items = filesAsItems([{ name: 'a.txt', data: 'a' }]);
			const combined = { settings: { binaryMode: 'combined' as const } };
			const { error } = await node.run(runParameters({ binaryPropertyName }), items, combined);
			expect(error).toBeUndefined();
			expect((await upload()).files).toMatchObject([{ fileName: 'a.txt', sha256: sha256('a') }]);
		},
	);
});

describe.each<BinaryMode>(['filesystem', 'default'])('selected files in %s mode', (mode) => {
	beforeAll(() => useBinaryMode(mode));

	const item: MakeItems = async function () {
		const binary: Record<string, IBinaryData> = {};
		for (const name of ['cover', 'attachment_0', 'attachment_1']) {
			binary[name] = await this.helpers.prepareBinaryData(
				Buffer.from(name),
				`${name}.txt`,
				'text/plain',
			);
		}
		return [{ json: {}, binary }];
	};

	it.each([
		['cover', ['cover.txt']],
		['attachment_1, cover', ['attachment_1.txt', 'cover.txt']],
		['*', ['cover.txt', 'attachment_0.txt', 'attachment_1.txt']],
		['={{ $binary.cover }}', ['cover.txt']],
		['={{ $binary }}', ['cover.txt', 'attachment_0.txt', 'attachment_1.txt']],
		['={{ [$binary.cover, $binary.attachment_1] }}', ['cover.txt', 'attachment_1.txt']],
		["={{ $('Source').item.binary.attachment_0 }}", ['attachment_0.txt']],
	])('are sent for %s', async (binaryPropertyName, names) => {
		const { error } = await node.run(runParameters({ binaryPropertyName }), item);
		expect(error).toBeUndefined();
		expect((await upload()).files.map(({ fileName }) => fileName)).toEqual(names);
	});

	it('omit files that are only JSON', async () => {
		const withJson: MakeItems = async function () {
			const [one] = await item.call(this);
			const made = { mimeType: 'text/plain', data: 'QUJD', fileName: 'made.txt' };
			return [{ ...one, json: { _files: { made } } }];
		};
		await node.run(runParameters({ binaryPropertyName: '*' }), withJson);
		expect((await upload()).files.map(({ fileName }) => fileName)).toEqual([
			'cover.txt',
			'attachment_0.txt',
			'attachment_1.txt',
		]);
	});

	it("are not sent if an expression returns 'false'", async () => {
		const off = { workflowId: byId(BUCKET), sendInputFiles: "={{ 'false' }}" };
		const { error } = await node.run(runParameters(off), item);
		expect(error).toBeUndefined();
		expect((await upload()).contentLength).toBe(0);
		expect(await node.emulator.jobs()).toMatchObject([
			{ workflow_id: BUCKET, input_file_ids: null },
		]);
	});

	it('are named after their field without a name', async () => {
		const nameless: MakeItems = async function () {
			const file = await this.helpers.prepareBinaryData(Buffer.from('x'), undefined, 'text/csv');
			return [{ json: {}, binary: { data: file } }];
		};
		await node.run(runParameters(), nameless);
		expect((await upload()).files).toMatchObject([{ fileName: 'data.csv' }]);
	});
});
