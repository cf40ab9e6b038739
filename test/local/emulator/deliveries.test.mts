import { Webhook } from 'standardwebhooks';
import { setTimeout } from 'node:timers/promises';
import { SEEDED } from '../../../local/emulator/platform/seeds.mjs';
import { startReceiver, typesOf, type Received, type Receiver } from './receiver.mjs';
import { useApi, type Json } from './support.mjs';

const api = useApi();
const SECRET = 'a-secret-of-thirty-characters-';
const ALL = ['job.scheduled', 'job.in_progress', 'job.completed', 'job.stopped', 'job.failed'];
let receiver: Receiver;

beforeEach(async () => {
	receiver = await startReceiver();
	await api.emulator.reset({ jobSeconds: 100, retrySeconds: [] });
});
afterEach(() => receiver.close());

async function listen(given: Json = {}, scope = '') {
	const { body } = await api.postJson(`${scope}/notifications/channels`, {
		url: receiver.url,
		event_types: ALL,
		secret: SECRET,
		...given,
	});
	return String(body.id);
}
const run = async (workflow: string = SEEDED.localFiles) =>
	(await api.run(workflow, ['a.txt', 'a'])).body.id;
const verify = ({ body, headers }: Received) =>
	new Webhook(SECRET, { format: 'raw' }).verify(body, headers as Record<string, string>);

it('are sent signed for each change of the state', async () => {
	const channelId = await listen();
	const jobId = await run();
	await receiver.arrived(1);
	await api.emulator.advance(50);
	await receiver.arrived(2);
	await api.emulator.advance(60);
	const received = await receiver.arrived(3);
	expect(typesOf(received)).toEqual(['job.scheduled', 'job.in_progress', 'job.completed']);
	expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);
	expect(received.map(verify)[2]).toEqual({
		type: 'job.completed',
		timestamp: expect.stringMatching(/Z$/) as string,
		job: {
			job_id: jobId,
			workflow_id: SEEDED.localFiles,
			status: 'COMPLETED',
			processing_time_ms: 100_000,
		},
	});
	const [, , last] = await api.emulator.deliveries();
	expect(last).toMatchObject({
		webhookId: received[2].headers['webhook-id'],
		channelId,
		url: receiver.url,
		event: 'job.completed',
		jobId,
		body: received[2].body,
		attempts: [{ status: 200, error: null, answer: 'so it is' }],
	});
});

it('include every state if the clock jumps, or a job takes no time', async () => {
	await listen();
	const job = await run();
	await api.emulator.advance(200);
	expect(typesOf(await receiver.arrived(3)).sort()).toEqual(ALL.slice(0, 3).sort());
	await api.emulator.options({ jobSeconds: 0, outcome: 'FAILED' });
	expect(await run()).not.toBe(job);
	expect(
		typesOf(await receiver.arrived(6))
			.slice(3)
			.sort(),
	).toEqual(['job.scheduled', 'job.in_progress', 'job.failed'].sort());
});

it('include a cancellation and the changes of a test', async () => {
	await listen({ event_types: ['job.stopped', 'job.failed', 'job.in_progress'] });
	await api.post(`/jobs/${await run()}/cancel`);
	await receiver.arrived(1);
	await api.emulator.changeJob(await run(), { status: 'failed' });
	await receiver.arrived(2);
	await api.emulator.changeJob(await run(), { status: 'Some new one' });
	expect(typesOf(await receiver.arrived(2))).toEqual(['job.stopped', 'job.failed']);
});

it('are sent to the channels of the workspace and of the workflow that want them', async () => {
	const scope = (id: string) => `/workflows/${id}`;
	const ours = await listen({}, scope(SEEDED.localFiles));
	const all = await listen();
	await listen({}, scope(SEEDED.localFilesWithEmbeddings));
	await listen({ event_types: ['job.completed'] });
	await listen({ enabled: false });
	await run();
	await receiver.arrived(2);
	const channels = (await api.emulator.deliveries()).map(({ channelId }) => channelId);
	expect(channels.sort()).toEqual([ours, all].sort());
});

it('include on-demand jobs', async () => {
	await listen();
	const { body } = await api.launch();
	await receiver.arrived(1);
	expect((await api.emulator.deliveries())[0].jobId).toBe(body.id);
});

it('are signed with a hidden secret if the channel has none', async () => {
	const channel = await listen({ secret: undefined });
	await run();
	const [{ headers, body }] = await receiver.arrived(1);
	expect(headers['webhook-signature']).toMatch(/^v1,/);
	expect(() => verify({ headers, body } as Received)).toThrow();
	expect((await api.emulator.channels())[0]).not.toHaveProperty('secret');
	const path = `/notifications/channels/${channel}`;
	await api.postJson(path, { secret: SECRET }, 'PATCH');
	await run(SEEDED.localFilesWithEmbeddings);
	const [, given] = await receiver.arrived(2);
	expect(verify(given)).toMatchObject({ type: 'job.scheduled' });
	await api.postJson(path, { secret: '' }, 'PATCH');
	await api.launch();
	const [, , removed] = await receiver.arrived(3);
	expect(removed.headers['webhook-signature']).toMatch(/^v1,/);
	expect(() => verify(removed)).toThrow();
});

it('are not sent if an option disables them', async () => {
	await api.emulator.options({ deliverEvents: false });
	await listen();
	await run();
	await setTimeout(100);
	expect(await api.emulator.deliveries()).toEqual([]);
});

describe('that are rejected', () => {
	const attempts = async () =>
		(await api.emulator.deliveries())[0].attempts.map(({ status, error }) => error ?? status);

	it('are retried with the same ID and a new signature until they are accepted', async () => {
		await api.emulator.options({ retrySeconds: [0.1, 50, 0.1] });
		receiver.answer(500, 302, 200);
		await listen({ event_types: ['job.scheduled'] });
		await run();
		await receiver.arrived(2);
		// The next wait goes by the emulator's clock.
		await api.emulator.advance(51);
		const received = await receiver.arrived(3);
		expect(await attempts()).toEqual([500, 302, 200]);
		expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
		received.forEach(verify);
	});

	it('are not retried after the last attempt', async () => {
		await api.emulator.options({ retrySeconds: [0.05] });
		receiver.answer(410);
		await listen();
		await run();
		await receiver.arrived(2);
		await setTimeout(100);
		expect(await attempts()).toEqual([410, 410]);
	});

	it('are not retried for a deleted channel', async () => {
		await api.emulator.options({ retrySeconds: [0.2] });
		receiver.answer(500);
		const id = await listen();
		await run();
		await receiver.arrived(1);
		await api.call(`/notifications/channels/${id}`, { method: 'DELETE' });
		await setTimeout(300);
		expect(await attempts()).toEqual([500]);
	});

	it('say that there was no connection, or no response in time', async () => {
		await api.emulator.options({ receiverSeconds: 0.2, retrySeconds: [0.3] });
		receiver.wait(1000);
		await listen();
		await run();
		await receiver.arrived(1);
		while ((await attempts()).length < 1) await setTimeout(20);
		receiver.close();
		while ((await attempts()).length < 2) await setTimeout(20);
		expect(await attempts()).toEqual(['timed out', 'ECONNREFUSED']);
	});
});
