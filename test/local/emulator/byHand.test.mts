import { Webhook } from 'standardwebhooks';
import { startReceiver, typesOf, type Received, type Receiver } from './receiver.mjs';
import { useApi } from './support.mjs';

const api = useApi();
const SECRET = 'a-secret-of-thirty-characters-';
let receiver: Receiver;
let jobs: string[];

beforeEach(async () => {
	receiver = await startReceiver();
	jobs = await api.emulator.addJobs({ count: 2 });
});
afterEach(() => receiver.close());

const deliver = (how: Parameters<typeof api.emulator.deliver>[0] = {}) =>
	api.emulator.deliver({ url: receiver.url, secret: SECRET, ...how });
/** The body of a delivery as an independent receiver verifies it, or why it rejects the delivery. */
function verdict({ body, headers }: Received): unknown {
	try {
		return new Webhook(SECRET, { format: 'raw' }).verify(body, headers as Record<string, string>);
	} catch (error) {
		return (error as Error).message;
	}
}

it('sends an event about the newest job, and returns the response', async () => {
	receiver.answer(401);
	const [delivery] = await deliver();
	expect(delivery).toMatchObject({
		event: 'job.completed',
		channelId: null,
		jobId: jobs[1],
		attempts: [{ status: 401, answer: 'so it is' }],
	});
	expect(verdict(receiver.received[0])).toMatchObject({ job: { job_id: jobs[1] } });
	expect(await api.emulator.deliveries()).toEqual([delivery]);
});

it('sends the progress of a job, which stays in progress', async () => {
	await deliver({ events: ['job.progress'] });
	expect(verdict(receiver.received[0])).toMatchObject({
		type: 'job.progress',
		job: { status: 'IN_PROGRESS' },
	});
});

it('sends to the URL of a channel with its secret', async () => {
	const { body } = await api.postJson('/notifications/channels', {
		url: receiver.url,
		secret: SECRET,
		event_types: ['job.failed'],
	});
	await api.emulator.deliver({ channelId: String(body.id) });
	expect(verdict(receiver.received[0])).toMatchObject({ type: 'job.completed' });
});

it.each([
	[{ forged: true }, 'No matching signature found'],
	[{ tampered: true }, 'No matching signature found'],
	[{ unsigned: true }, 'Missing required headers'],
	[{ staleSeconds: 310 }, 'Message timestamp too old'],
	[{ staleSeconds: -310 }, 'Message timestamp too new'],
	[{ staleSeconds: 200 }, { type: 'job.completed' }],
	[{ otherSignatures: ['v2,AAAA', 'v1,AAAA'] }, { type: 'job.completed' }],
	[{ bytesPerSecond: 800 }, { type: 'job.completed' }],
	[{ body: { any: 'thing' } }, { any: 'thing' }],
])('%j: %j', async (how, expected) => {
	await deliver(how);
	const said = verdict(receiver.received[0]);
	expect(said).toEqual(typeof expected === 'string' ? expected : expect.objectContaining(expected));
});

it('sends any text as a body', async () => {
	await deliver({ body: 'not { JSON' });
	expect(receiver.received[0].body).toBe('not { JSON');
	expect(verdict(receiver.received[0])).toMatch(/is not valid JSON/);
});

it('sends a body slowly', async () => {
	const [{ attempts }] = await deliver({ bytesPerSecond: 800 });
	expect(attempts[0].took).toBeGreaterThan(150);
});

it('uses the header names of Svix', async () => {
	await deliver({ prefix: 'svix' });
	const [{ headers, body }] = receiver.received;
	expect(Object.keys(headers)).toEqual(
		expect.arrayContaining(['svix-id', 'svix-timestamp', 'svix-signature']),
	);
	const renamed = Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.replace('svix', 'webhook'), value]),
	);
	expect(verdict({ headers: renamed, body })).toMatchObject({ type: 'job.completed' });
});

it('keep the requested order', async () => {
	await deliver({
		events: ['job.completed', 'job.in_progress', 'job.scheduled'],
		jobIds: [jobs[0]],
	});
	expect(typesOf(receiver.received)).toEqual(['job.completed', 'job.in_progress', 'job.scheduled']);
});

it('sends a thousand at once, some of them twice', async () => {
	const sent = await deliver({ count: 1000, concurrency: 50, duplicates: 0.1, jobIds: jobs });
	const ids = sent.map(({ webhookId }) => webhookId);
	expect(new Set(ids).size).toBe(1000);
	expect(sent.filter(({ attempts }) => attempts.length === 2)).toHaveLength(100);
	expect(sent.flatMap(({ attempts }) => attempts).every(({ status }) => status === 200)).toBe(true);
	expect(receiver.received).toHaveLength(1100);
	expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1000);
	expect(sent.filter(({ jobId }) => jobId === jobs[0])).toHaveLength(500);
});

it('repeats the ID of a message', async () => {
	const [first] = await deliver({ duplicates: 1 });
	expect(first.attempts).toHaveLength(2);
	await deliver({ webhookId: first.webhookId });
	expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual(
		Array(3).fill(first.webhookId),
	);
});

it.each([
	[{ urls: [] }, 400, /Unknown key 'urls'\. Known: channelId, url/],
	[{}, 400, /Set channelId/],
	[{ channelId: 'ep_x' }, 404, /Channel not found/],
	[{ url: 'http://127.0.0.1:1', jobIds: ['nope'] }, 404, /Job not found/],
])('rejects %j', async (body, status, detail) => {
	const answer = await api.control('deliveries', body);
	expect([answer.status, answer.body.detail]).toEqual([
		status,
		expect.stringMatching(detail) as string,
	]);
});
