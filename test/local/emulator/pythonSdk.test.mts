/** Requests as the official Python SDK sends them: optional values may be null, and times may lack a zone. */
import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { useApi, type ApiJob, type Json } from './support.mjs';

const api = useApi();
const NODES = [{ name: 'Partitioner', type: 'partition', subtype: 'vlm' }];
const EVENTS = ['job.scheduled'];
const CHANNELS = '/notifications/channels';
const WORKFLOW = `/workflows/${SEEDED.localFiles}`;

/** Returns the time so many minutes from now, as the clock of a zone shows it. */
const clockIn = (hours: number, minutes: number) =>
	new Date(Date.now() + (hours * 60 + minutes) * 60_000).toISOString().replace('Z', '');

const feed = async (query: Record<string, string> = {}) =>
	(await api.call<{ events: Json[] }>(`/notifications?${new URLSearchParams(query).toString()}`))
		.body.events;

/** Starts a job, which stays in its first state, and returns its one notification. */
async function firstNotification() {
	await api.emulator.reset({ jobSeconds: 1000 });
	await api.run(SEEDED.localFiles, ['a.txt', 'a']);
	let [first] = await feed();
	while (!first) [first] = await feed();
	return first;
}

it('starts an on-demand job without files from a urlencoded form', async () => {
	const form = { request_data: JSON.stringify({ job_nodes: NODES }), 'input_files[]': 'a text' };
	const { status, body } = await api.post<ApiJob>('/jobs/', new URLSearchParams(form));
	expect([status, body.input_file_ids]).toEqual([200, []]);
	const [{ fields }] = await api.emulator.requests('POST');
	expect(fields).toEqual(form);
});

it('leaves the name, type, and nodes of a workflow unchanged by null', async () => {
	const before = (await api.call(WORKFLOW)).body;
	const nulls = { name: null, workflow_type: null, workflow_nodes: null, schedule: null };
	const { status, body } = await api.postJson(WORKFLOW, nulls, 'PUT');
	expect([status, body]).toEqual([200, { ...before, updated_at: body.updated_at }]);
});

it.each([['name'], ['workflow_type']])('creates no workflow with null as %s', async (key) => {
	const body = { name: 'a', workflow_type: 'custom', [key]: null };
	expect(await api.postJson('/workflows/', body)).toMatchObject({
		status: 422,
		body: { detail: [{ loc: ['body', key] }] },
	});
});

describe.each([CHANNELS, `${WORKFLOW}${CHANNELS}`])('a channel in %s', (path) => {
	it('is left unchanged by null', async () => {
		const hook = { url: 'https://n8n.example.com/hook', event_types: EVENTS, description: 'Ours' };
		const { body: channel } = await api.postJson(path, hook);
		const nulls = { channel_type: null, description: null, email_config: null, enabled: null };
		const { status, body } = await api.postJson(
			`${path}/${String(channel.id)}`,
			{ ...nulls, event_types: null, secret: null, url: null },
			'PATCH',
		);
		expect([status, body]).toEqual([200, { ...channel, updated_at: body.updated_at }]);
	});

	it('for email keeps its recipient when only another address changes', async () => {
		const email = { recipient_email: 'a@example.com', cc: ['b@example.com'] };
		const given = { channel_type: 'email', event_types: EVENTS, email_config: email };
		const one = `${path}/${String((await api.postJson(path, given)).body.id)}`;
		await api.postJson(`${one}/verify`, { code: '123456' });
		const change = { recipient_email: null, reply_to: 'c@example.com' };
		expect((await api.postJson(one, { email_config: change }, 'PATCH')).body.email_config).toEqual({
			...email,
			reply_to: 'c@example.com',
			provider: 'emulator',
		});
	});

	it.each([
		[{ email_config: {} }, ['body', 'email_config', 'recipient_email']],
		[{ email_config: { recipient_email: null } }, ['body', 'email_config', 'recipient_email']],
		[{ event_types: null }, ['body', 'event_types']],
		[{ enabled: null }, ['body', 'enabled']],
	])('is not created with %j', async (wrong, loc) => {
		const email = { recipient_email: 'a@example.com' };
		const given = { channel_type: 'email', event_types: EVENTS, email_config: email, ...wrong };
		const { status, body } = await api.postJson(path, given);
		expect(status).toBe(422);
		expect(body.detail).toContainEqual(expect.objectContaining({ loc }));
	});
});

describe('a time', () => {
	const workflows = async (query: Record<string, string>) =>
		(await api.call<Json[]>(`/workflows/?${new URLSearchParams(query).toString()}`)).body.length;

	it.each([
		['without a zone', 0, ''],
		['in the zone of Kiribati', 14, '+14:00'],
		['in the zone of Niue', -11, '-11:00'],
	])('%s filters workflows and notifications', async (_name, hours, zone) => {
		const [earlier, later] = [-1, 1].map((minutes) => `${clockIn(hours, minutes)}${zone}`);
		expect(await workflows({ created_since: earlier, created_before: later })).toBe(3);
		expect(await workflows({ created_since: later })).toBe(0);
		expect(await workflows({ created_before: earlier })).toBe(0);
		const first = await firstNotification();
		expect(await feed({ since: earlier })).toEqual([first]);
		expect(await feed({ since: later })).toEqual([]);
		const mark = async (before: string) =>
			(await api.postJson('/notifications/mark-read', { before })).body;
		expect(await mark(earlier)).toEqual({ marked_count: 0 });
		expect(await mark(later)).toEqual({ marked_count: 1 });
	});

	it('that is none is rejected', async () => {
		expect(await api.call('/workflows/?created_since=yesterday')).toMatchObject({
			status: 422,
			body: { detail: [{ type: 'datetime_parsing', loc: ['query', 'created_since'] }] },
		});
	});
});

it('marks notifications as read when the other ways to choose are null', async () => {
	const mark = (body: Json) => api.postJson('/notifications/mark-read', body);
	const { id } = await firstNotification();
	const others = { before: null, workflow_id: null };
	const one = await mark({ notification_ids: [id], mark_all: false, ...others });
	expect(one.body).toEqual({ marked_count: 1 });
	const all = await mark({ notification_ids: null, mark_all: true, ...others });
	expect(all.body).toEqual({ marked_count: 0 });
	expect((await mark({ notification_ids: null, mark_all: false, ...others })).status).toBe(422);
});
