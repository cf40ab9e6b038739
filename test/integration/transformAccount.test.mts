import type { ICredentialTestFunctions, IDataObject, INodeParameters } from 'n8n-workflow';
import { credentialTestContext } from '../support/contexts.mjs';
import { startEmulator, type Emulator } from '../support/emulator.mjs';
import { filesAsItems, runEngine, type MakeItems } from '../support/engine.mjs';
import { Unstructured } from '../support/n8n.mjs';
import { byId, goOn, jobParameters, jsonItems } from '../support/node.mjs';
import { everyOperation } from '../support/operations.mjs';

// Everything that a Transform account supports. No missing route is called repeatedly.

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator(undefined, 'transform');
});
beforeEach(() => emulator.reset({ jobSeconds: 0.3, launchSpacing: 0 }));
afterAll(() => emulator.close());

const files = filesAsItems(
	['a', 'b'].map((name) => ({ name: `${name}.txt`, data: `Heading\n\nText of ${name}` })),
);
const run = (parameters: INodeParameters, items: MakeItems, rest = {}) =>
	runEngine({ parameters, items, apiUrl: emulator.url, apiKey: emulator.key, ...rest });

const PARTITIONER = { name: 'Partitioner', type: 'partition', subtype: 'vlm', settings: {} };
const EXTRACTOR = {
	name: 'Extractor',
	type: 'structured_data_extractor',
	subtype: 'llm',
	settings: {
		schema_to_extract: {
			json_schema:
				'{"type": "object", "properties": {"number": {"type": "string"}}, "required": ["number"], "additionalProperties": false}',
		},
	},
};

const runOnDemand = (...nodes: object[]) =>
	run(
		jobParameters('create', {
			definition: 'nodes',
			jobNodes: JSON.stringify(nodes),
			waitForCompletion: true,
		}),
		files,
	);

/** The calls to routes that the account does not have. */
const absent = async () =>
	(await emulator.requests())
		.filter(({ path }) => !path.startsWith('/api/v1/jobs'))
		.map(({ method, path }) => `${method} ${path}`);

async function testCredential(apiKey: string, path = '') {
	const { credentialTest } = new Unstructured().methods!;
	return await credentialTest!.unstructuredApiTest.call(
		credentialTestContext() as ICredentialTestFunctions,
		{
			id: '1',
			name: 'Unstructured',
			type: 'unstructuredApi',
			data: { apiKey, apiUrl: `${emulator.url}${path}` },
		},
	);
}

it.each(['', '/api/v1/'])('accepts the credential with the URL ending in "%s"', async (path) => {
	expect(await testCredential(emulator.key, path)).toMatchObject({ status: 'OK' });
	expect(await absent()).toHaveLength(1);
});

it('rejects a key of the other product and explains where to copy both values', async () => {
	const { status, message } = await testCredential('unstructured-emulator-key');
	expect(status).toBe('Error');
	expect(message).toMatch(/^Unstructured did not recognize this API key\. A key works only with/);
});

it('runs an on-demand job with nodes and waits for it', async () => {
	const { outputs } = await runOnDemand(PARTITIONER);
	expect(outputs[0]).toMatchObject([{ json: { status: 'COMPLETED' } }]);
	expect(await absent()).toEqual([]);
});

describe('Get Output', () => {
	const content: Array<[format: string, check: (json: IDataObject[]) => void]> = [
		['text', ([{ text }]) => expect(text).toContain('Text of a')],
		['elements', ([{ type, text }]) => expect([type, text]).toEqual(['NarrativeText', 'Heading'])],
		['file', ([{ file_name: name }]) => expect(name).toBe('a.txt')],
		['binary', ([{ file_name: name }]) => expect(name).toBe('a.txt')],
		['pages', ([{ text }]) => expect(text).toContain('Text of a')],
		['tables', (items) => expect(items).toEqual([])],
		['images', (items) => expect(items).toEqual([])],
		['extractedData', ([first]) => expect(JSON.stringify(first)).toContain('number')],
	];

	it.each(content)('returns %s', async (outputFormat, check) => {
		const nodes = outputFormat === 'extractedData' ? [PARTITIONER, EXTRACTOR] : [PARTITIONER];
		const started = await runOnDemand(...nodes);
		if (started.error) throw started.error;
		const [{ json }] = started.outputs[0];
		const { outputs, error } = await run(
			jobParameters('getOutput', { outputFormat }),
			jsonItems({ id: json.id }),
		);
		expect(error).toBeUndefined();
		check(outputs[0].map((item) => item.json));
		expect(await absent()).toEqual([]);
	});
});

it.each<[string, INodeParameters]>([
	['parse', {}],
	['extract', { attributes: { attributes: [{ name: 'number', type: 'string' }] } }],
])('Document: %s returns a result', async (operation, rest) => {
	const { outputs, error } = await run(
		{ resource: 'document', operation, ...rest, options: { pollInterval: 0.1 } },
		files,
	);
	expect(error).toBeUndefined();
	expect(outputs[0]).toMatchObject([{ pairedItem: { item: 0 } }, { pairedItem: { item: 1 } }]);
	expect(await absent()).toEqual([]);
});

/** An ID that does not exist. */
const ID = '00000000-0000-4000-8000-000000000000';
const PRODUCT = /are only available in Unstructured Pipelines$/;
const others = everyOperation(() => ID)
	.filter(([resource]) => !['job', 'document'].includes(resource))
	.map(([resource, operation, parameters]) => ({ resource, operation, ...parameters() }));

it.each([
	...others,
	jobParameters('create', { templateId: byId('hi_res_partition') }),
	{ resource: 'workflow', operation: 'create', name: 'W', templateId: byId('hi_res_partition') },
])(
	'$resource $operation names the product, and calls a missing route once for two items',
	async (parameters) => {
		const { outputs } = await run(parameters, files, goOn);
		expect(outputs[0].length).toBeGreaterThan(0);
		for (const { json } of outputs[0]) expect(json.error).toMatch(PRODUCT);
		expect(await absent()).toHaveLength(1);
		expect(await emulator.jobs()).toHaveLength(0);
	},
);
