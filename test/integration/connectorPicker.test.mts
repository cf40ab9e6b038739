import type { INodeListSearchResult } from 'n8n-workflow';
import { listSearchContext } from '../support/contexts.mjs';
import { Unstructured } from '../support/n8n.mjs';
import { jsonItems, useNode } from '../support/node.mjs';

const node = useNode();
const once = jsonItems({});
const CONFIG = {
	remote_url: 's3://bucket/folder/',
	key: 'AKIAIOSFODNN7',
	secret: 'wJalrXUtnFEMI/K7MDENG',
};

describe.each([
	{ resource: 'source', title: 'Sources' },
	{ resource: 'destination', title: 'Destinations' },
])('$resource', ({ resource, title }) => {
	const run = (operation: string, parameters = {}, rest = {}) =>
		node.run({ resource, operation, ...parameters }, once, rest);
	const create = (parameters = {}, rest = {}) =>
		run('create', { name: 'New', config: JSON.stringify(CONFIG), ...parameters }, rest);
	const made = async (parameters = {}) =>
		String((await create(parameters)).outputs[0][0].json.id as string);

	describe('its picker', () => {
		const search = (ending: string, filter?: string): Promise<INodeListSearchResult> =>
			new Unstructured().methods!.listSearch![`search${title}${ending}`].call(
				listSearchContext({ apiUrl: node.emulator.url, apiKey: node.emulator.key }),
				filter,
			);

		it('shows names with types and searches them', async () => {
			const id = await made({ name: 'Archive' });
			expect((await search('')).results).toContainEqual({ name: 'Archive (s3)', value: id });
			expect((await search('', 'ARCHI')).results).toEqual([{ name: 'Archive (s3)', value: id }]);
			expect((await search('', id)).results).toHaveLength(1);
			expect((await search('', 'nothing like it')).results).toEqual([]);
		});

		it('offers "none" first if a workflow needs no connector', async () => {
			const { results } = await search('OrNone');
			expect(results[0]).toMatchObject({
				name: expect.stringMatching(/^None/) as string,
				value: 'local',
			});
			expect(results.length).toBeGreaterThan(1);
		});
	});
});
