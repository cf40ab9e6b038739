import type { INodeParameters } from 'n8n-workflow';
import { filesAsItems } from '../support/engine.mjs';
import { goOn, useNode } from '../support/node.mjs';

const node = useNode();

const extract = (changes: INodeParameters = {}): INodeParameters => ({
	resource: 'document',
	operation: 'extract',
	attributes: { attributes: [{ name: 'number', type: 'string', description: 'Of the invoice' }] },
	...changes,
	options: { pollInterval: 0.1, ...(changes.options as INodeParameters) },
});

const invoices = filesAsItems([
	{ name: 'invoice.txt', data: 'Invoice 17', json: { subject: 'First' } },
	{ name: 'invoice.txt', data: 'Invoice 18', json: { subject: 'Second' } },
]);

const output = (body: unknown) =>
	node.emulator.faults({ path: '/download', times: null, replace: { status: 200, body } });

/** The extractor's settings of the job that was started. */
async function settings() {
	const [{ fields }] = await node.emulator.requests('POST', /\/jobs\/$/);
	const { job_nodes: nodes } = JSON.parse(fields.request_data) as {
		job_nodes: Array<{ type: string; subtype: string; settings: Record<string, unknown> }>;
	};
	expect(nodes.map(({ type, subtype }) => [type, subtype])).toEqual([
		['partition', 'vlm'],
		['structured_data_extractor', 'llm'],
	]);
	return nodes[1].settings;
}

const schemaOf = ({ schema_to_extract: toExtract }: Record<string, unknown>) =>
	JSON.parse((toExtract as { json_schema: string }).json_schema) as unknown;

const documentData = (data: unknown) => ({
	type: 'DocumentData',
	element_id: 'e1',
	text: '',
	metadata: { extracted_data: data },
});

it.each([
	['a bare object', { number: '17' }],
	['a list with one object', [{ number: '17' }]],
	['one element with the data', [documentData({ number: '17' })]],
	[
		'an element with the data before other elements',
		[documentData({ number: '17' }), { type: 'Title', text: 'Invoice', metadata: {} }],
	],
	['an object around the data', { extracted_data: { number: '17' } }],
])('returns the data of %s', async (_, body) => {
	await output(body);
	const { outputs, error } = await node.run(extract(), invoices);
	expect(error).toBeUndefined();
	const [{ id, input_file_ids: ids }] = await node.emulator.jobs();
	expect(outputs[0]).toEqual([
		{
			json: { job_id: id, file_id: ids![0], file_name: 'invoice.txt', data: { number: '17' } },
			pairedItem: { item: 0 },
		},
		{
			json: { job_id: id, file_id: ids![1], file_name: 'invoice.txt', data: { number: '17' } },
			pairedItem: { item: 1 },
		},
	]);
});

it.each([
	['an empty list', []],
	['an element without data', [documentData({})]],
	['null', [documentData(null)]],
])('returns null for %s, and a hint', async (_, body) => {
	await output(body);
	const { outputs, run } = await node.run(extract(), invoices);
	expect(outputs[0].map(({ json }) => json.data)).toEqual([null, null]);
	const { hints } = run.data.resultData.runData.Unstructured[0];
	expect(hints?.map(({ message }) => message)).toEqual([expect.stringContaining("'invoice.txt'")]);
});

it('builds a strict schema from attributes', async () => {
	await output({});
	const attributes = [
		{ name: 'number', type: 'string', description: 'Of the invoice', required: true },
		{ name: 'due', type: 'date', description: 'When it is due' },
		{ name: 'total', type: 'number' },
		{ name: 'paid', type: 'boolean', required: true },
	];
	await node.run(extract({ attributes: { attributes } }), invoices);
	const sent = await settings();
	expect(sent).toMatchObject({
		provider: 'openai',
		model: 'gpt-5-mini',
		output_mode: 'extracted_data_only',
	});
	expect(sent.schema_to_extract).not.toHaveProperty('extraction_guidance');
	expect(schemaOf(sent)).toEqual({
		type: 'object',
		properties: {
			number: { type: 'string', description: 'Of the invoice' },
			due: { type: ['string', 'null'], description: 'When it is due. A date as YYYY-MM-DD.' },
			total: { type: ['number', 'null'] },
			paid: { type: 'boolean' },
		},
		required: ['number', 'due', 'total', 'paid'],
		additionalProperties: false,
	});
});

it('builds a strict schema from an example', async () => {
	await output({});
	const jsonSchemaExample = '{"number": "17", "lines": [{"price": 1.5}]}';
	await node.run(extract({ schemaType: 'fromJson', jsonSchemaExample }), invoices);
	expect(schemaOf(await settings())).toEqual({
		type: 'object',
		properties: {
			number: { type: ['string', 'null'] },
			lines: {
				type: ['array', 'null'],
				items: {
					type: 'object',
					properties: { price: { type: ['number', 'null'] } },
					required: ['price'],
					additionalProperties: false,
				},
			},
		},
		required: ['number', 'lines'],
		additionalProperties: false,
	});
});

it('sends the entered schema, the instructions, and the chosen model', async () => {
	await output({});
	const inputSchema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
	const parameters = extract({
		schemaType: 'manual',
		inputSchema,
		instructions: 'Dates as YYYY-MM-DD.',
		options: { provider: 'anthropic', model: 'claude' },
	});
	await node.run(parameters, invoices);
	const sent = await settings();
	expect(schemaOf(sent)).toEqual({ ...inputSchema, additionalProperties: false });
	expect(sent).toMatchObject({
		provider: 'anthropic',
		model: 'claude',
		schema_to_extract: { extraction_guidance: 'Dates as YYYY-MM-DD.' },
	});
});

it("adds the text with 'Include Text'", async () => {
	await output([documentData({ number: '17' }), { type: 'Title', text: 'Invoice', metadata: {} }]);
	const { outputs } = await node.run(extract({ options: { includeText: true } }), invoices);
	expect(outputs[0][0].json).toMatchObject({ data: { number: '17' }, text: '# Invoice' });
	expect(await settings()).not.toHaveProperty('output_mode');
});

it.each([
	['no attributes', { attributes: {} }, 'No attributes to extract'],
	[
		'an attribute without a name',
		{ attributes: { attributes: [{ name: ' ' }] } },
		'Attribute 1 has no name',
	],
	[
		'two attributes with one name',
		{ attributes: { attributes: [{ name: 'a' }, { name: 'a' }] } },
		"Two attributes have the name 'a'",
	],
	[
		'an attribute of an unknown type',
		{ attributes: { attributes: [{ name: 'a', type: 'money' }] } },
		"The type of the attribute 'a' is not valid",
	],
	[
		'an example with an empty list',
		{ schemaType: 'fromJson', jsonSchemaExample: '{"a": []}' },
		"'JSON Example' can't be used as a schema: 'a[]' is empty or null in the example",
	],
	[
		'an example that is not JSON',
		{ schemaType: 'fromJson', jsonSchemaExample: '{a: 1}' },
		"'JSON Example' can't be read: it is not valid JSON",
	],
	[
		'a schema for a list',
		{ schemaType: 'manual', inputSchema: '{"type": "array", "items": {"type": "string"}}' },
		"'Input Schema' can't be used as a schema: it must be an object",
	],
	[
		'an empty schema',
		{ schemaType: 'manual', inputSchema: '' },
		"'Input Schema' can't be read: it is empty",
	],
	['an unknown schema type', { schemaType: 'xml' }, "'Schema Type' has no such value"],
])('rejects %s before any request', async (_, changes, message) => {
	const { outputs } = await node.run(extract(changes), invoices, goOn);
	expect(outputs[0].map(({ json }) => (json.error as string).slice(0, message.length))).toEqual([
		message,
		message,
	]);
	expect(await node.emulator.requests()).toEqual([]);
});
