import { byId, jsonItems, useNode } from '../support/node.mjs';

const node = useNode();
const once = jsonItems({});
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const CONFIG = {
	remote_url: 's3://bucket/folder/',
	key: 'AKIAIOSFODNN7',
	secret: 'wJalrXUtnFEMI/K7MDENG',
};

describe.each([
	{ resource: 'source', idName: 'sourceId' },
	{ resource: 'destination', idName: 'destinationId' },
])('$resource', ({ resource, idName }) => {
	const run = (operation: string, parameters = {}, rest = {}) =>
		node.run({ resource, operation, ...parameters }, once, rest);
	const create = (parameters = {}, rest = {}) =>
		run('create', { name: 'New', config: JSON.stringify(CONFIG), ...parameters }, rest);
	const made = async (parameters = {}) =>
		String((await create(parameters)).outputs[0][0].json.id as string);
	const withId = (id: string) => ({ [idName]: byId(id) });

	describe('Check Connection', () => {
		const check = (id: string, options = {}) =>
			run('checkConnection', { ...withId(id), options: { pollInterval: 0.1, ...options } });

		it.each([
			['success', CONFIG, { status: 'SUCCESS' }],
			['failure with its reason', { key: 'invalid' }, { status: 'FAILURE', reason: /'key'/ }],
		])(
			'waits for a %s',
			async (_what, config, { status, reason }: { status: string; reason?: RegExp }) => {
				await node.emulator.options({ checkSeconds: 1.5 });
				const id = await made({ config: JSON.stringify(config) });
				const { outputs } = await check(id);
				expect(outputs[0]).toMatchObject([{ json: { status }, pairedItem: { item: 0 } }]);
				if (reason) expect(outputs[0][0].json.reason).toMatch(reason);
				expect(await node.emulator.requests('POST', /connection-check$/)).toHaveLength(1);
				expect((await node.emulator.requests('GET')).length).toBeGreaterThan(1);
			},
		);

		it('ignores the result of an earlier check', async () => {
			const id = await made({ config: '{"key": "invalid"}' });
			const body = { id: UNKNOWN, status: 'SUCCESS', created_at: '2020-01-01T00:00:00Z' };
			await node.emulator.faults({
				method: 'GET',
				path: '/connection-check$',
				replace: { status: 200, body },
			});
			expect((await check(id)).outputs[0]).toMatchObject([{ json: { status: 'FAILURE' } }]);
		});

		it('fails at the time limit', async () => {
			await node.emulator.options({ checkSeconds: 60 });
			const id = await made();
			const { error } = await check(id, { timeout: 1 });
			expect(error?.message).toBe(
				`The connection check of the ${resource} '${id}' did not finish within 1 seconds`,
			);
		});
	});
});
