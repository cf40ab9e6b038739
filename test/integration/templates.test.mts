import { byId, jsonItems, useNode } from '../support/node.mjs';

const node = useNode();
const once = jsonItems({});

describe('Template', () => {
	it('Get returns a template with its nodes', async () => {
		const { outputs } = await node.run(
			{ resource: 'template', operation: 'get', templateId: byId('hi_res_partition') },
			once,
		);
		expect(outputs[0]).toMatchObject([
			{ json: { id: 'hi_res_partition', nodes: [{ type: 'partition' }] }, pairedItem: { item: 0 } },
		]);
	});

	it('Get reports a template that does not exist', async () => {
		const { error } = await node.run(
			{ resource: 'template', operation: 'get', templateId: byId('no_such') },
			once,
		);
		expect(error?.message).toBe("The template 'no_such' was not found");
	});

	it.each([
		['all', { returnAll: true }, ['hi_res_partition', 'hi_res_and_enrichment']],
		['up to the limit', { limit: 1 }, ['hi_res_partition']],
		['by part of the name', { filters: { name: 'ENRICH' } }, ['hi_res_and_enrichment']],
	])('Get Many returns %s', async (_what, parameters, ids) => {
		const { outputs } = await node.run(
			{ resource: 'template', operation: 'getAll', ...parameters },
			once,
		);
		expect(outputs[0].map(({ json }) => json.id)).toEqual(ids);
	});
});
