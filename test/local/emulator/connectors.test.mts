import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { useApi, type Json } from './support.mjs';

const api = useApi();
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

describe.each([
	['source', 'sources', 'Source', SEEDED.bucket, 's3'],
	['destination', 'destinations', 'Destination', SEEDED.pinecone, 'pinecone'],
])('a %s', (one, many, word, seeded, seededType) => {
	const GIVEN = { name: 'Ours', type: 'some-new-type', config: { remote_url: 'x', key: 'secret' } };
	const create = async (config: Json = GIVEN.config) =>
		(await api.postJson(`/${many}/`, { ...GIVEN, config })).body;
	const ids = async (query = '') =>
		(await api.call<Json[]>(`/${many}/${query}`)).body.map(({ id }) => id);

	it('is created, read, changed, and deleted', async () => {
		const { status, body } = await api.postJson(`/${many}/`, GIVEN);
		expect([status, body]).toEqual([
			200,
			{
				...GIVEN,
				id: expect.any(String) as string,
				created_at: expect.stringMatching(/Z$/) as string,
				updated_at: null,
			},
		]);
		const path = `/${many}/${String(body.id)}`;
		expect((await api.call(path)).body).toEqual(body);
		const config = { remote_url: 'y' };
		const { body: changed } = await api.postJson(path, { config, name: 'Other' }, 'PUT');
		expect(changed).toEqual({
			...body,
			config,
			updated_at: expect.stringMatching(/Z$/) as string,
		});
		expect(await api.call(path, { method: 'DELETE' })).toMatchObject({
			status: 200,
			body: { detail: `${word} with id ${String(body.id)} successfully deleted.` },
		});
		expect(await api.call(path)).toMatchObject({
			status: 404,
			body: { detail: `${word} with id ${String(body.id)} not found` },
		});
	});

	it('is in the list of all and in that of its type', async () => {
		const { id } = await create();
		expect(await ids()).toEqual([seeded, id]);
		expect(await ids(`?${one}_type=${seededType}`)).toEqual([seeded]);
		expect(await ids(`?${one}_type=some-new-type`)).toEqual([id]);
		expect(await ids(`?${one}_type=nope`)).toEqual([]);
		expect((await api.call(`/${many}`)).status).toBe(307);
	});

	it.each([
		['POST', '', { name: '', type: 'a' }, ['string_too_short', 'missing']],
		['POST', '', { config: {} }, ['missing', 'missing']],
		['PUT', seeded, { name: 'a' }, ['missing']],
		['PUT', seeded, { config: 'a' }, ['object_type']],
	])('is rejected: %s %s %j', async (method, id, given, types) => {
		const { status, body } = await api.postJson(`/${many}/${id}`, given, method);
		expect(status).toBe(422);
		expect((body.detail as Json[]).map(({ type }) => type).sort()).toEqual(types.sort());
	});

	it('is not deleted while a workflow uses it', async () => {
		expect(await api.call(`/${many}/${seeded}`, { method: 'DELETE' })).toMatchObject({
			status: 400,
			body: { detail: `${word} is used by the workflow Bucket to Pinecone` },
		});
		expect(await ids()).toEqual([seeded]);
	});

	it('is rejected for a workflow if it is unknown', async () => {
		const given = { name: 'New', workflow_type: 'custom', [`${one}_id`]: UNKNOWN };
		const workflow = `/workflows/${SEEDED.localFiles}`;
		expect((await api.postJson('/workflows/', given)).status).toBe(404);
		expect((await api.postJson(workflow, { [`${one}_id`]: UNKNOWN }, 'PUT')).status).toBe(404);
		expect((await api.call(workflow)).body[many]).toEqual([]);
		expect((await api.postJson(workflow, { [`${one}_id`]: seeded }, 'PUT')).status).toBe(200);
		expect((await api.call(workflow)).body[many]).toEqual([seeded]);
	});

	it('checks its connection', async () => {
		await api.emulator.options({ checkSeconds: 50 });
		const path = `/${many}/${seeded}/connection-check`;
		expect((await api.call(path)).status).toBe(404);
		const { status, body } = await api.post(path);
		expect([status, body.status]).toEqual([202, 'SCHEDULED']);
		expect((await api.call(path)).body).toEqual(body);
		await api.emulator.advance(51);
		expect((await api.call(path)).body).toEqual({
			...body,
			status: 'SUCCESS',
			reason: null,
			reported_at: expect.stringMatching(/Z$/) as string,
		});
		const { body: second } = await api.post(path);
		expect((await api.call(path)).body.id).toBe(second.id);
		expect(second.id).not.toBe(body.id);
	});

	it('fails its check with an invalid value', async () => {
		await api.emulator.options({ checkSeconds: 0 });
		const { id } = await create({ remote_url: 'x', key: 'invalid' });
		const path = `/${many}/${String(id)}/connection-check`;
		await api.post(path);
		expect((await api.call(path)).body).toMatchObject({
			status: 'FAILURE',
			reason: "Could not connect: the value of 'key' was rejected.",
		});
	});
});

it('does not return the other kind', async () => {
	expect((await api.call(`/sources/${SEEDED.pinecone}`)).status).toBe(404);
	expect((await api.call('/sources/nope')).status).toBe(404);
	expect((await api.post(`/destinations/${UNKNOWN}/connection-check`)).status).toBe(404);
});
