import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { useApi, type Json } from './support.mjs';

const api = useApi();
const SECRET = 'a-secret-of-thirty-characters-';
const WEBHOOK = { url: 'https://n8n.example.com/hook', event_types: ['job.completed'] };
const EMAIL = {
	channel_type: 'email',
	event_types: ['job.failed'],
	email_config: { recipient_email: 'a@example.com' },
};

describe.each([
	['the workspace', '/notifications/channels'],
	['a workflow', `/workflows/${SEEDED.localFiles}/notifications/channels`],
])('a channel of %s', (_scope, path) => {
	const create = async (body: Json) => (await api.postJson(path, body)).body;
	const list = async (type = 'webhook') =>
		(await api.call<{ items: Json[] }>(`${path}?channel_type=${type}`)).body.items;

	it('is created, read, changed, and deleted without returning its secret', async () => {
		const { status, body } = await api.postJson(path, { ...WEBHOOK, secret: SECRET });
		expect([status, body]).toEqual([
			201,
			{
				...WEBHOOK,
				channel_type: 'webhook',
				enabled: true,
				description: null,
				id: expect.stringMatching(/^ep_\w{27}$/) as string,
				created_at: expect.stringMatching(/Z$/) as string,
				updated_at: body.created_at,
			},
		]);
		const one = `${path}/${String(body.id)}`;
		expect((await api.call(one)).body).toEqual(body);
		const { body: changed } = await api.postJson(
			one,
			{ enabled: false, secret: `${SECRET}2`, id: 'x', url: null },
			'PATCH',
		);
		expect(changed).toEqual({ ...body, enabled: false, updated_at: changed.updated_at });
		expect(changed.updated_at).not.toBe(body.updated_at);
		expect(await list()).toEqual([changed]);
		expect((await api.emulator.channels())[0].secret).toBe(`${SECRET}2`);
		expect(await api.call(one, { method: 'DELETE' })).toMatchObject({ status: 204, body: null });
		expect(await api.call(one)).toMatchObject({
			status: 404,
			body: { detail: 'Notification channel not found' },
		});
		expect(await list()).toEqual([]);
	});

	it('is missing in any other scope', async () => {
		const { id } = await create(WEBHOOK);
		const other = `/workflows/${SEEDED.bucketToPinecone}/notifications/channels`;
		expect((await api.call(`${other}/${String(id)}`)).status).toBe(404);
		expect((await api.call(`${other}?channel_type=webhook`)).body).toEqual({ items: [] });
	});

	it('for email is enabled and can be changed after it is verified', async () => {
		const channel = await create({ ...EMAIL, enabled: true });
		expect(channel).toMatchObject({ enabled: false, email_config: EMAIL.email_config });
		const one = `${path}/${String(channel.id)}`;
		const rename = () => api.postJson(one, { description: 'Ours' }, 'PATCH');
		expect((await rename()).status).toBe(400);
		const verify = async (body: Json) => (await api.postJson(`${one}/verify`, body)).status;
		expect(await verify({ code: '000000' })).toBe(400);
		expect(await verify({ code: '12345' })).toBe(422);
		expect(await verify({})).toBe(422);
		expect(await verify({ verification_code: '123456' })).toBe(204);
		expect(await verify({ code: '123456' })).toBe(204);
		expect((await rename()).body).toMatchObject({ enabled: true, description: 'Ours' });
		expect(await list('email')).toHaveLength(1);
		expect(await list()).toEqual([]);
	});

	it('is limited to fifty', async () => {
		for (let i = 0; i < 50; i++) await create(WEBHOOK);
		expect((await api.postJson(path, WEBHOOK)).status).toBe(422);
		expect(await list()).toHaveLength(50);
	});
});

it('rejects verifying a webhook channel', async () => {
	const { body } = await api.postJson('/notifications/channels', WEBHOOK);
	const path = `/notifications/channels/${String(body.id)}/verify`;
	expect((await api.postJson(path, { code: '123456' })).status).toBe(400);
});

it('returns 404 for an unknown workflow', async () => {
	const path = '/workflows/00000000-0000-4000-8000-000000000000/notifications/channels';
	expect(await api.postJson(path, WEBHOOK)).toMatchObject({
		status: 404,
		body: { detail: 'Workflow not found' },
	});
});

it('is deleted with its workflow', async () => {
	const workflow = `/workflows/${SEEDED.localFiles}`;
	await api.postJson(`${workflow}/notifications/channels`, WEBHOOK);
	await api.call(workflow, { method: 'DELETE' });
	expect(await api.emulator.channels()).toEqual([]);
});

it('requires the type of channels in a list', async () => {
	expect(await api.call('/notifications/channels')).toMatchObject({
		status: 422,
		body: { detail: [{ type: 'missing', loc: ['query', 'channel_type'] }] },
	});
});

it.each([
	['http://n8n.example.com/hook', 422],
	['https://n8n.example.com/hook', 201],
	['http://localhost:5678/hook', 201],
	['http://127.0.0.1:5678/hook', 201],
	['http://[::1]:5678/hook', 201],
	['http://127.0.0.1.example.com/hook', 422],
	['ftp://localhost/hook', 422],
	['n8n.example.com', 422],
])('the URL %s: %d', async (url, status) => {
	const answer = await api.postJson('/notifications/channels', { ...WEBHOOK, url });
	expect(answer.status).toBe(status);
});

it.each([
	['secret', '', 'string_too_short'],
	['secret', 'x'.repeat(23), 'string_too_short'],
	['secret', 'x'.repeat(24), undefined],
	['secret', 'x'.repeat(75), undefined],
	['secret', 'x'.repeat(76), 'string_too_long'],
	['secret', 'ä'.repeat(30), 'string_pattern_mismatch'],
	['event_types', [], 'too_short'],
	['event_types', ['job.done'], 'enum'],
	['event_types', undefined, 'missing'],
	['description', 'x'.repeat(256), 'string_too_long'],
	['url', undefined, 'value_error'],
	['email_config', EMAIL.email_config, 'value_error'],
	['channel_type', 'email', 'value_error'],
])('%s as %j: %s', async (field, value, type) => {
	const given = { ...WEBHOOK, secret: SECRET, [field]: value };
	const { status, body } = await api.postJson('/notifications/channels', given);
	expect(status).toBe(type ? 422 : 201);
	if (type) expect(body.detail).toMatchObject([{ type }]);
	if (given.secret) expect(JSON.stringify(body)).not.toContain(given.secret);
});

it('lists only enabled or only disabled channels if requested', async () => {
	const create = async (enabled: boolean) =>
		(await api.postJson('/notifications/channels', { ...WEBHOOK, enabled })).body.id;
	const on = await create(true);
	const off = await create(false);
	const ids = async (query: string) =>
		(
			await api.call<{ items: Json[] }>(`/notifications/channels?channel_type=webhook${query}`)
		).body.items.map(({ id }) => id);
	expect(await ids('')).toEqual([on, off]);
	expect(await ids('&enabled=true')).toEqual([on]);
	expect(await ids('&enabled=false')).toEqual([off]);
});

it('can receive the progress of jobs', async () => {
	const body = { ...WEBHOOK, event_types: ['job.progress'] };
	expect(await api.postJson('/notifications/channels', body)).toMatchObject({ status: 201, body });
});
