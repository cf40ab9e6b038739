import type * as Catalog from '../../nodes/Unstructured/resources/connector/catalog.js';
import { built } from '../support/built.mjs';
import { byId, goOn, jsonItems, useNode } from '../support/node.mjs';

const { SOURCE_TYPES, DESTINATION_TYPES, skeletonOf, isExample } = built<typeof Catalog>(
	'resources/connector/catalog',
);

const node = useNode();
const once = jsonItems({});
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const SECRET = 'wJalrXUtnFEMI/K7MDENG';
const CONFIG = { remote_url: 's3://bucket/folder/', key: 'AKIAIOSFODNN7', secret: SECRET };
const MASKED = { remote_url: 's3://bucket/folder/', key: '*****', secret: '*****' };

describe.each([
	{ resource: 'source', path: '/sources/', idName: 'sourceId', types: SOURCE_TYPES },
	{
		resource: 'destination',
		path: '/destinations/',
		idName: 'destinationId',
		types: DESTINATION_TYPES,
	},
])('$resource', ({ resource, path, idName, types }) => {
	const run = (operation: string, parameters = {}, rest = {}) =>
		node.run({ resource, operation, ...parameters }, once, rest);
	const create = (parameters = {}, rest = {}) =>
		run('create', { name: 'New', config: JSON.stringify(CONFIG), ...parameters }, rest);
	const bodies = async (method: string) =>
		(await node.emulator.requests(method)).map(({ json }) => json);
	const made = async (parameters = {}) =>
		String((await create(parameters)).outputs[0][0].json.id as string);
	const withId = (id: string) => ({ [idName]: byId(id) });

	describe('Create', () => {
		it('sends name, type, and config, and masks the secrets in its result', async () => {
			const { outputs } = await create();
			expect(await bodies('POST')).toEqual([{ name: 'New', type: 's3', config: CONFIG }]);
			expect(outputs[0]).toMatchObject([
				{ json: { name: 'New', type: 's3', config: MASKED }, pairedItem: { item: 0 } },
			]);
		});

		it("shows the secrets with 'Show Secrets'", async () => {
			const { outputs } = await create({ options: { showSecrets: true } });
			expect(outputs[0][0].json.config).toEqual(CONFIG);
		});

		it('accepts a type that is not in the list', async () => {
			const config = { a: 1 };
			await create({ connectorType: 'other', typeName: 'gopher', config: JSON.stringify(config) });
			expect(await bodies('POST')).toEqual([{ name: 'New', type: 'gopher', config }]);
		});

		it('sends a config of each type, once its example values are replaced', async () => {
			const filledIn = types.map((type) => ({
				...Object.fromEntries(
					Object.entries(skeletonOf(type)).map(([key, value]) => [
						key,
						isExample(value) ? 'own' : value,
					]),
				),
				empty: ' ',
				...(type.value === 'filenet' && { server: 'own' }),
			}));
			for (const [i, { value }] of types.entries()) {
				const config = JSON.stringify(filledIn[i]);
				const { error } = await run('create', { name: value, connectorType: value, config });
				expect(error).toBeUndefined();
			}
			const sent = types.map(({ value }, i) => ({
				name: value,
				type: value,
				config: { ...filledIn[i], empty: undefined },
			}));
			expect(sent.length).toBeGreaterThan(20);
			expect(await bodies('POST')).toEqual(sent);
		});

		it('rejects the unchanged config that the node fills in', async () => {
			for (const { value, required } of types) {
				const { error } = await run('create', { name: value, connectorType: value });
				const keys = Object.keys(required);
				expect([value, error?.message]).toEqual([
					value,
					keys.length > 0
						? (expect.stringMatching(/^'Config' still contains example values: '/) as string)
						: "'Config' is empty",
				]);
			}
			expect(await node.emulator.requests()).toEqual([]);
		});

		it('names the keys that still have example values', async () => {
			const { error } = await run('create', {
				name: 'New',
				config: JSON.stringify({
					...skeletonOf(types.find(({ value }) => value === 's3')!),
					remote_url: 's3://mine/',
				}),
			});
			expect(error?.message).toBe("'Config' still contains example values: 'key', 'secret'");
			expect(error?.description).toMatch(/remove the optional keys/);
		});

		it('names the line of invalid JSON', async () => {
			const { error } = await create({ config: '{\n  "remote_url": "s3://b/"\n  "key": "k"\n}' });
			expect(error?.message).toBe(
				"'Config' can't be used: it is not valid JSON (line 2: a comma is missing)",
			);
		});

		it.each([
			['no name', { name: ' ' }, "'Name' is empty"],
			[
				'text',
				{ config: `{"secret": ${SECRET}}` },
				/^'Config' can't be used: it is not valid JSON/,
			],
			['a list', { config: '[]' }, "'Config' can't be used: it is not an object"],
			[
				'asterisks from an earlier node',
				{ config: JSON.stringify(MASKED) },
				"'Config' contains asterisks in place of a secret",
			],
		])('rejects %s before any request, without quoting it', async (_what, given, message) => {
			const { error } = await create(given);
			expect(error?.message).toMatch(message);
			expect(`${error?.message} ${error?.description}`).not.toContain('wJal');
			expect(await node.emulator.requests()).toEqual([]);
		});

		it.each([
			['in a list', [{ loc: ['body', 'config', 'secret'], msg: 'Too short', input: SECRET }]],
			['in a list without a message', [{ loc: ['body', 'config'], type: 'x', input: CONFIG }]],
			['in a text', `Bad config: {'secret': '${SECRET}'}`],
			['at the end of a long text', `${'x'.repeat(490)}${SECRET}`],
			['in an object', { reason: 'bad', got: CONFIG }],
		])('shows no secret that the server echoes %s', async (_what, detail) => {
			await node.emulator.faults({
				method: 'POST',
				path: `^${path}$`,
				status: 422,
				body: { detail },
			});
			const { error, outputs } = await create({}, goOn);
			expect(outputs[0][0].json.error).toBe(
				'Unstructured did not accept the values that were sent',
			);
			expect(JSON.stringify([error ?? null, outputs])).not.toContain('wJal');
		});

		it('masks a secret completely if another secret is its beginning', async () => {
			const body = { detail: `Refused: ${SECRET}` };
			await node.emulator.faults({ method: 'POST', path: `^${path}$`, status: 400, body });
			const config = JSON.stringify({ key: SECRET.slice(0, 6), secret: SECRET });
			const { error } = await create({ config });
			expect(error?.description).toMatch(/Unstructured said: Refused: \*{5}\.$/);
		});

		it('does not retry if the response is lost, and explains how to check', async () => {
			await node.emulator.faults({ method: 'POST', path: `^${path}$`, reset: 'afterBody' });
			const { error } = await create();
			expect(error?.message).toMatch(`the ${resource} may or may not have been created`);
			expect(await node.emulator.requests('POST')).toHaveLength(1);
		});
	});

	it('Get returns a connector with its secrets masked', async () => {
		const id = await made();
		const { outputs } = await run('get', withId(` ${id} `));
		expect(outputs[0]).toMatchObject([{ json: { id, name: 'New', config: MASKED } }]);
	});

	it.each(['get', 'update', 'delete', 'checkConnection'])(
		'%s reports a connector that does not exist',
		async (operation) => {
			const { error } = await run(operation, { ...withId(UNKNOWN), config: '{"a": 1}' });
			expect(error?.message).toBe(`The ${resource} '${UNKNOWN}' was not found`);
		},
	);

	describe('Get Many', () => {
		const names = async (parameters: object) =>
			(await run('getAll', parameters)).outputs[0].map(({ json }) => json.name);
		beforeEach(async () => {
			for (let i = 1; i <= 3; i++) await create({ name: `Archive ${i}` });
			await create({
				name: 'Letters',
				connectorType: 'azure',
				config: '{"sas_token": "abcdefgh"}',
			});
		});

		it('returns all connectors with their secrets masked, or up to the limit', async () => {
			const { outputs } = await run('getAll', { returnAll: true });
			const configs = outputs[0].map(({ json }) => JSON.stringify(json.config));
			expect(configs).toEqual(expect.arrayContaining([JSON.stringify({ sas_token: '*****' })]));
			expect(configs.join()).not.toContain('wJal');
			expect(await names({ limit: 2 })).toHaveLength(2);
		});

		it('filters by type and by part of the name', async () => {
			expect(await names({ filters: { type: 'azure' } })).toEqual(['Letters']);
			expect(await names({ filters: { name: 'ARCH' } })).toEqual([
				'Archive 1',
				'Archive 2',
				'Archive 3',
			]);
			const queries = (await node.emulator.requests('GET')).map(({ query }) => query);
			expect(queries).toEqual([{ [`${resource}_type`]: 'azure' }, {}]);
		});

		it('filters in the node if the API rejects a type as a filter', async () => {
			await node.emulator.faults({
				method: 'GET',
				path: `^${path}$`,
				status: 422,
				body: { detail: [{ loc: ['query', `${resource}_type`], msg: 'Bad', type: 'enum' }] },
			});
			expect(await names({ filters: { type: 'azure' } })).toEqual(['Letters']);
			const queries = (await node.emulator.requests('GET')).map(({ query }) => query);
			expect(queries).toEqual([{ [`${resource}_type`]: 'azure' }, {}]);
		});
	});

	describe('Update', () => {
		it('replaces the whole config and sends nothing else', async () => {
			const id = await made();
			const config = { remote_url: 's3://other/', anonymous: true };
			const { outputs } = await run('update', {
				...withId(id),
				config: JSON.stringify({ ...config, key: '' }),
			});
			expect(await bodies('PUT')).toEqual([{ config }]);
			expect(outputs[0]).toMatchObject([{ json: { id, name: 'New', type: 's3', config } }]);
		});

		it.each([
			['the settings that the node fills in', {}, /^'Config' still contains example values: '/],
			['those of another type', { connectorType: 'azure' }, /example values: 'remote_url', '/],
			['none', { config: '{"key": ""}' }, /^'Config' is empty$/],
		])('does not replace a config with %s', async (_what, parameters, message) => {
			const { error } = await run('update', { ...withId(UNKNOWN), ...parameters });
			expect(error?.message).toMatch(message);
			expect(await node.emulator.requests()).toEqual([]);
		});

		it('accepts a config from an expression', async () => {
			const id = await made();
			const parameters = { resource, operation: 'update', ...withId(id), config: '={{ $json.c }}' };
			const { outputs } = await node.run(parameters, jsonItems({ c: CONFIG }));
			expect(await bodies('PUT')).toEqual([{ config: CONFIG }]);
			expect(outputs[0][0].json.config).toEqual(MASKED);
		});
	});

	it('Delete deletes the connector', async () => {
		const id = await made();
		const { outputs } = await run('delete', withId(id));
		expect(outputs[0]).toEqual([{ json: { deleted: true }, pairedItem: { item: 0 } }]);
		const { error } = await run('get', withId(id));
		expect(error?.message).toBe(`The ${resource} '${id}' was not found`);
	});
});

it('masks secrets at any depth and in URLs, and nothing else', async () => {
	const config = {
		uri: 'mongodb+srv://user:p@ss:word@host/?w=majority',
		url: 'https://host:8080/path',
		nested: { list: [{ 'api-token': 'abcd', clientSecret: 'efgh', keyspace: 'k' }] },
		service_account_key: { private: 'x' },
		record_id_key: 'record_id',
		token: '',
		use_password: true,
		batch_size: 50,
	};
	const { outputs } = await node.run(
		{
			resource: 'source',
			operation: 'create',
			name: 'N',
			config: JSON.stringify({ ...config, nothing: null }),
		},
		once,
	);
	expect(outputs[0][0].json.config).toEqual({
		uri: 'mongodb+srv://user:*****@host/?w=majority',
		url: 'https://host:8080/path',
		nested: { list: [{ 'api-token': '*****', clientSecret: '*****', keyspace: 'k' }] },
		service_account_key: '*****',
		record_id_key: 'record_id',
		use_password: true,
		batch_size: 50,
		nothing: null,
	});
});
