import { filesAsItems } from '../support/engine.mjs';
import { BUCKET, byId, goOn, runParameters, useNode } from '../support/node.mjs';

const node = useNode();
const runs = () => node.emulator.requests('POST', /\/run$/);

describe('rejects before any request:', () => {
	const twoFiles = filesAsItems([
		{ name: 'a.txt', data: 'a' },
		{ name: 'b.txt', data: 'b' },
	]);

	it.each([
		['no workflow', { workflowId: byId('={{ "" }}') }, 'No workflow is selected'],
		['a missing field', { binaryPropertyName: 'file' }, "There is no file in the field 'file'"],
		['no field', { binaryPropertyName: '={{ "" }}' }, "'Input Binary Field' does not name a file"],
		[
			'a value that is not a field',
			{ binaryPropertyName: '={{ 7 }}' },
			"'Input Binary Field' does not name a file",
		],
		[
			'files for a workflow with a source',
			{ workflowId: byId(BUCKET) },
			"The workflow 'Bucket to Pinecone' reads its files from a source connector",
		],
		[
			'no files for a workflow without a source',
			{ sendInputFiles: false },
			"The workflow 'Local files to elements' has no source connector and needs files",
		],
		[
			'an unknown workflow',
			{ workflowId: byId('00000000-0000-4000-8000-000000000000') },
			"The workflow '00000000-0000-4000-8000-000000000000' was not found",
		],
		['an invalid ID', { workflowId: byId('abc') }, "'abc' is not an ID of a workflow"],
		[
			'a URL without an ID',
			{ workflowId: { __rl: true, mode: 'url', value: "={{ 'https://example.com' }}" } },
			"'Unstructured Workflow' is not the URL of a workflow",
		],
	])('%s', async (_what, parameters, message) => {
		const { error } = await node.run(runParameters(parameters), twoFiles);
		expect(error?.message).toBe(message);
		expect(error?.description).toMatch(/.{20}/);
		expect(error?.context.itemIndex).toBe(0);
		expect(await runs()).toHaveLength(0);
	});

	it.each(['={{ $binary.file }}', '={{ "" }}', 'file'])(
		'a value that fits no file, and names the fields that have one: %s',
		async (binaryPropertyName) => {
			const { error } = await node.run(runParameters({ binaryPropertyName }), twoFiles);
			expect(error?.description).toMatch(/^Available fields: 'data'\. /);
			expect(await runs()).toHaveLength(0);
		},
	);

	it("an expression that fails, with n8n's own message", async () => {
		const workflowId = byId("={{ $('Nope').item.json.id }}");
		const { error } = await node.run(runParameters({ workflowId }), twoFiles);
		expect(error?.message).toBe("Referenced node doesn't exist");
		expect(await node.emulator.requests()).toHaveLength(0);
	});

	it('an empty file, but not the other items', async () => {
		const items = filesAsItems([
			{ name: 'a.txt', data: 'a' },
			{ name: 'empty.txt', data: '' },
			{ name: 'c.txt', data: 'c' },
		]);
		const { outputs } = await node.run(runParameters(), items, goOn);
		expect(outputs[0]).toMatchObject([
			{ json: { status: 'SCHEDULED' }, pairedItem: [{ item: 0 }, { item: 2 }] },
			{ json: { error: "The file 'empty.txt' is empty" }, pairedItem: { item: 1 } },
		]);
		const [{ files }] = await node.emulator.jobs();
		expect(files.map(({ fileName }) => fileName)).toEqual(['a.txt', 'c.txt']);
	});
});
