import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { useApi, type Json } from './support.mjs';

interface Feed {
	events: Array<{
		id: string;
		event_type: string;
		workflow_id: string;
		created_at: string;
		is_read: boolean;
	}>;
	next_cursor: string | null;
}

const api = useApi();
const feed = async (query = '') => (await api.call<Feed>(`/notifications${query}`)).body;
const types = async (query: string) => (await feed(query)).events.map((one) => one.event_type);
const unread = async (query = '') =>
	(await api.call(`/notifications/unread-count${query}`)).body.unread_count;
const mark = (body: Json) => api.postJson('/notifications/mark-read', body);

/** One job of each of two workflows: the first is finished, the second has just started. */
beforeEach(async () => {
	await api.emulator.reset({ jobSeconds: 100 });
	await api.run(SEEDED.localFiles, ['a.txt', 'a']);
	await api.emulator.advance(200);
	await api.run(SEEDED.localFilesWithEmbeddings, ['a.txt', 'a']);
	while ((await feed()).events.length < 4);
});

it('returns every job event, newest first, without any channel', async () => {
	const { events, next_cursor: cursor } = await feed();
	expect(cursor).toBeNull();
	expect(events.map(({ event_type: type }) => type)).toEqual([
		'job.scheduled',
		'job.completed',
		'job.in_progress',
		'job.scheduled',
	]);
	const [, first] = await api.emulator.jobs();
	expect(events[1]).toEqual({
		id: expect.any(String) as string,
		event_type: 'job.completed',
		workflow_id: SEEDED.localFiles,
		payload: { job_id: first.id, status: 'COMPLETED' },
		created_at: expect.stringMatching(/Z$/) as string,
		is_read: false,
	});
	expect((await api.call(`/notifications/${events[1].id}`)).body).toEqual(events[1]);
});

it('is filtered', async () => {
	const scheduled = ['job.scheduled'];
	expect(await types(`?workflow_id=${SEEDED.localFilesWithEmbeddings}`)).toEqual(scheduled);
	expect(await types('?event_types=job.completed,job.in_progress')).toEqual([
		'job.completed',
		'job.in_progress',
	]);
	expect(await types('?event_types=nope')).toEqual([]);
	const { events } = await feed();
	const since = new Date(Date.parse(events[0].created_at) + 60_000).toISOString();
	expect(await types(`?since=${since}`)).toEqual([]);
	expect(await types(`?since=${events[3].created_at}`)).toHaveLength(4);
	await mark({ notification_ids: [events[1].id, events[2].id, events[3].id] });
	expect(await types('?unread_only=true')).toEqual(scheduled);
});

it('has pages that a new event does not shift', async () => {
	const { events: all } = await feed();
	const first = await feed('?limit=2');
	await api.run(SEEDED.localFiles, ['b.txt', 'b']);
	while ((await feed()).events.length < 5);
	const second = await feed(`?limit=2&cursor=${first.next_cursor}`);
	expect([...first.events, ...second.events]).toEqual(all);
	expect(second.next_cursor).toBeNull();
	expect((await api.call('/notifications?cursor=nope')).status).toBe(400);
	expect((await api.call('/notifications?limit=101')).status).toBe(422);
});

it('counts unread notifications, and marks some, old ones, or all', async () => {
	const { events } = await feed();
	const ofFirst = { workflow_id: SEEDED.localFiles };
	expect(await unread()).toBe(4);
	expect(await unread(`?workflow_id=${SEEDED.localFiles}`)).toBe(3);
	const two = { notification_ids: [events[3].id, events[3].id] };
	expect((await mark(two)).body).toEqual({ marked_count: 1 });
	expect((await mark(two)).body).toEqual({ marked_count: 0 });
	expect(await unread()).toBe(3);
	expect((await mark({ mark_all: true, ...ofFirst })).body).toEqual({ marked_count: 2 });
	const later = new Date(Date.parse(events[0].created_at) + 1).toISOString();
	const earlier = new Date(Date.parse(events[0].created_at) - 1).toISOString();
	expect((await mark({ before: earlier })).body).toEqual({ marked_count: 0 });
	expect((await mark({ before: later })).body).toEqual({ marked_count: 1 });
	expect(await unread()).toBe(0);
});

it.each([
	[{}],
	[{ mark_all: false }],
	[{ mark_all: true, before: '2026-01-01T00:00:00Z' }],
	[{ notification_ids: [], workflow_id: SEEDED.localFiles }],
	[{ notification_ids: Array(101).fill(SEEDED.localFiles) }],
	[{ before: 'yesterday' }],
])('does not mark %j', async (body) => {
	expect((await mark(body)).status).toBe(422);
	expect(await unread()).toBe(4);
});

it('rejects an unknown notification', async () => {
	expect(await api.call('/notifications/00000000-0000-4000-8000-000000000000')).toMatchObject({
		status: 404,
		body: { detail: 'Notification not found' },
	});
	expect((await api.call('/notifications/nope')).status).toBe(422);
});
