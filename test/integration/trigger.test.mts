import type { INodeParameters } from 'n8n-workflow';
import { startEmulator, type Emulator } from '../support/emulator.mjs';
import { byId, LOCAL_FILES } from '../support/node.mjs';
import { openTrigger, publish, type Trigger } from '../support/trigger.mjs';

const FINAL = ['job.completed', 'job.failed', 'job.stopped'];

let emulator: Emulator;
const opened: Trigger[] = [];
beforeAll(async () => {
	emulator = await startEmulator();
});
beforeEach(async () => {
	await emulator.reset({ jobSeconds: 0.3, deliverEvents: false });
});
afterEach(async () => {
	for (const trigger of opened.splice(0)) await trigger.close();
});
afterAll(() => emulator.close());

async function open(
	parameters: INodeParameters = {},
	options: Partial<Parameters<typeof openTrigger>[0]> = {},
) {
	const trigger = await openTrigger({
		parameters: { scope: 'workspace', events: FINAL, ...parameters },
		apiUrl: emulator.url,
		apiKey: emulator.key,
		...options,
	});
	opened.push(trigger);
	return trigger;
}

async function published(...args: Parameters<typeof open>) {
	const trigger = await open(...args);
	await publish(trigger);
	const [channel] = await emulator.channels();
	return { trigger, channelId: channel.id };
}

/** A job that ended long ago, with no events of its own. */
async function endedJob(workflowId = LOCAL_FILES) {
	const [id] = await emulator.addJobs({ count: 1, workflowId, endsIn: { first: 0, last: 0 } });
	return id;
}

const statuses = (deliveries: Awaited<ReturnType<Emulator['deliver']>>) =>
	deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status));

describe('the channel', () => {
	it('is registered with a secret of its own, and removed', async () => {
		const trigger = await open();
		expect(await trigger.lifecycle('checkExists')).toBe(false);
		await trigger.lifecycle('create');
		const [channel, ...others] = await emulator.channels();
		expect(others).toEqual([]);
		expect(channel).toMatchObject({ url: trigger.url, event_types: FINAL, enabled: true });
		expect(channel.secret).toMatch(/^[\w-]{24,75}$/);
		expect(await trigger.lifecycle('checkExists')).toBe(true);
		await trigger.lifecycle('delete');
		expect(await emulator.channels()).toEqual([]);
		expect(trigger.staticData).not.toContain(channel.secret);
	});

	it('is registered for a workflow', async () => {
		const { channelId } = await published({ scope: 'workflow', workflowId: byId(LOCAL_FILES) });
		const seen = await emulator.requests('POST', /notifications/);
		expect(seen.map(({ path }) => path)).toEqual([
			`/api/v1/workflows/${LOCAL_FILES}/notifications/channels`,
		]);
		expect(channelId).toBeTruthy();
	});

	it.each([
		['disabled it', { enabled: false }],
		['changed its events', { event_types: ['job.scheduled'] }],
	])('is mended when somebody has %s', async (_, change) => {
		const { trigger, channelId } = await published();
		const [{ secret }] = await emulator.channels();
		await patch(channelId, { ...change, secret: 'changed-by-somebody-else-01' });
		expect(await trigger.lifecycle('checkExists')).toBe(true);
		expect(await emulator.channels()).toMatchObject([
			{ id: channelId, url: trigger.url, event_types: FINAL, enabled: true, secret },
		]);
	});

	it('is left alone, and replaced, if someone has changed its URL', async () => {
		const { trigger, channelId } = await published();
		await patch(channelId, { url: 'https://example.com/other' });
		await publish(trigger);
		expect(await emulator.channels()).toMatchObject([
			{ id: channelId, url: 'https://example.com/other' },
			{ url: trigger.url },
		]);
	});

	it('gets its secret back if someone has changed only that', async () => {
		const { trigger, channelId } = await published();
		await patch(channelId, { secret: 'changed-by-somebody-else-01' });
		await publish(trigger);
		const jobIds = [await endedJob()];
		expect(statuses(await emulator.deliver({ channelId, jobIds }))).toEqual([200]);
	});

	it('is made again when it is gone, and its removal is no failure', async () => {
		const { trigger, channelId } = await published();
		await remove(channelId);
		expect(await trigger.lifecycle('checkExists')).toBe(false);
		await trigger.lifecycle('create');
		const [{ id }] = await emulator.channels();
		await remove(id);
		expect(await trigger.lifecycle('delete')).toBe(true);
	});

	it('is not taken for gone when the API fails', async () => {
		const { trigger } = await published();
		await emulator.faults({ method: 'GET', path: '/notifications/', status: 403, body: {} });
		await expect(trigger.lifecycle('checkExists')).rejects.toThrow('permission');
		expect(await emulator.channels()).toHaveLength(1);
	});

	it('moves with the scope', async () => {
		const { trigger } = await published();
		const moved = await open(
			{ scope: 'workflow', workflowId: byId(LOCAL_FILES) },
			{ staticData: trigger.staticData, webhookUrl: new URL(trigger.url).origin },
		);
		await publish(moved);
		const channels = await emulator.channels();
		expect(channels).toMatchObject([{ url: trigger.url, workflowId: LOCAL_FILES }]);
		await moved.lifecycle('delete');
		expect(await emulator.channels()).toEqual([]);
	});

	it('is not made twice when the answer to its creation is lost', async () => {
		await emulator.faults({ method: 'POST', path: '/channels$', reset: 'afterBody' });
		const { trigger } = await published();
		expect(await emulator.requests('POST', /channels$/)).toHaveLength(1);
		expect(await emulator.channels()).toHaveLength(1);
		const id = await endedJob();
		const [{ id: channelId }] = await emulator.channels();
		await emulator.deliver({ channelId, jobIds: [id] });
		expect(trigger.items).toHaveLength(1);
	});

	it('is taken over when an earlier try has left it, and copies are removed', async () => {
		const trigger = await open();
		for (let copy = 0; copy < 2; copy++) await post(trigger.url);
		await publish(trigger);
		expect(await emulator.channels()).toHaveLength(1);
		const [{ id: channelId }] = await emulator.channels();
		const jobIds = [await endedJob()];
		expect(statuses(await emulator.deliver({ channelId, jobIds }))).toEqual([200]);
	});

	it('says what to do when there are 50 already', async () => {
		for (let i = 0; i < 50; i++) await post(`https://example.com/${i}`);
		const trigger = await open();
		await expect(publish(trigger)).rejects.toMatchObject({
			message: expect.stringContaining('already has 50 webhook channels') as string,
			description: expect.stringContaining('Notification Channel: Delete') as string,
		});
	});

	it.each(['http://n8n.example.com', 'http://192.168.1.5:5678'])(
		'is not registered under %s',
		async (webhookUrl) => {
			const trigger = await open({}, { webhookUrl });
			await expect(publish(trigger)).rejects.toMatchObject({
				message: expect.stringContaining('is not public HTTPS') as string,
				description: expect.stringContaining('WEBHOOK_URL') as string,
			});
			expect(await emulator.requests('POST')).toEqual([]);
		},
	);

	it.each([
		[{ events: [] }, 'No event is chosen'],
		[{ scope: 'workflow', workflowId: byId('') }, 'No workflow is chosen'],
	])('is not registered with %j', async (parameters, message) => {
		await expect(publish(await open(parameters))).rejects.toThrow(message);
	});
});

describe('an event', () => {
	it('starts an execution with the job, the event and the delivery', async () => {
		const { trigger, channelId } = await published();
		const id = await endedJob();
		const [{ webhookId }] = await emulator.deliver({ channelId, jobIds: [id] });
		expect(trigger.items).toEqual([
			expect.objectContaining({
				id,
				status: 'COMPLETED',
				workflow_name: 'Local files to elements',
				event: 'job.completed',
				webhook_id: webhookId,
			}),
		]);
	});

	it('is not read again with Fetch Job off', async () => {
		const { trigger, channelId } = await published({ options: { fetchJob: false } });
		const id = await endedJob();
		const [{ webhookId }] = await emulator.deliver({ channelId, jobIds: [id] });
		expect(trigger.items).toEqual([
			{
				id,
				workflow_id: LOCAL_FILES,
				status: 'COMPLETED',
				event: 'job.completed',
				webhook_id: webhookId,
			},
		]);
		expect(await emulator.requests('GET', /jobs/)).toEqual([]);
	});

	it('comes from a job that really runs, once for each state', async () => {
		await emulator.options({ deliverEvents: true });
		const { trigger } = await published({ events: [...FINAL, 'job.scheduled', 'job.in_progress'] });
		await emulator.addJobs({ count: 1, workflowId: LOCAL_FILES, endsIn: { first: 1, last: 1 } });
		while ((await emulator.deliveries('job.completed')).length < 1) await pause(20);
		while (!trigger.items.some(({ event }) => event === 'job.completed')) await pause(20);
		const events = trigger.items.map(({ event }) => event);
		expect(new Set(events).size).toBe(events.length);
	});

	it.each([
		['forged', { forged: true }, 401],
		['tampered with', { tampered: true }, 401],
		['stale', { staleSeconds: 301 }, 401],
		['without a signature', { unsigned: true }, 401],
		['without a job', { body: { type: 'job.completed' } }, 400],
		['without an event', { body: { job: { job_id: 'x' } } }, 400],
		['no JSON', { body: '<html>' }, 400],
	])('that is %s starts nothing', async (_, tampering, status) => {
		const { trigger, channelId } = await published();
		const jobIds = [await endedJob()];
		expect(statuses(await emulator.deliver({ channelId, jobIds, ...tampering }))).toEqual([status]);
		expect(trigger.items).toEqual([]);
	});

	it.each([
		['with the header names of Svix', { prefix: 'svix' }],
		['among several signatures', { otherSignatures: ['v1,AAAA', 'v2,BBBB'] }],
		['trickling in', { bytesPerSecond: 500 }],
		['almost five minutes old', { staleSeconds: 290 }],
	])('is taken %s', async (_, tampering) => {
		const { trigger, channelId } = await published();
		const jobIds = [await endedJob()];
		expect(statuses(await emulator.deliver({ channelId, jobIds, ...tampering }))).toEqual([200]);
		expect(trigger.items).toHaveLength(1);
	});

	it('that was not asked for is answered, and starts nothing', async () => {
		const { trigger, channelId } = await published();
		const jobIds = [await endedJob()];
		const events = ['job.scheduled'];
		expect(statuses(await emulator.deliver({ channelId, jobIds, events }))).toEqual([200]);
		expect(trigger.items).toEqual([]);
	});

	it('starts nothing when the channel was never registered', async () => {
		const trigger = await open();
		const secret = 'a-secret-of-24-characters';
		const jobIds = [await endedJob()];
		const deliveries = await emulator.deliver({ url: trigger.url, secret, jobIds });
		expect(statuses(deliveries)).toEqual([401]);
	});

	it('is not lost when the API is down', async () => {
		const { trigger, channelId } = await published();
		const jobIds = [await endedJob()];
		await emulator.faults({ method: 'GET', path: '/jobs/', status: 500, times: null });
		const [{ attempts }] = await emulator.deliver({ channelId, jobIds });
		expect(attempts).toMatchObject([{ status: 200 }]);
		expect(attempts[0].took).toBeLessThan(10_000);
		while (trigger.items.length === 0) await pause(50);
		expect(trigger.items).toMatchObject([
			{ id: jobIds[0], status: 'COMPLETED', read_failure: expect.any(String) as string },
		]);
	});

	it('that is ahead of what the API shows gives the job when it has caught up', async () => {
		const { trigger, channelId } = await published();
		const jobIds = await emulator.addJobs({
			count: 1,
			workflowId: LOCAL_FILES,
			endsIn: { first: 1.2, last: 1.2 },
		});
		await emulator.deliver({ channelId, jobIds });
		while (trigger.items.length === 0) await pause(50);
		expect(trigger.items).toMatchObject([{ id: jobIds[0], status: 'COMPLETED' }]);
	});
});

describe('a repeated delivery', () => {
	it('starts nothing more, also at the same time and after a restart', async () => {
		const { trigger, channelId } = await published();
		const jobIds = [await endedJob()];
		const sent = { channelId, jobIds, webhookId: 'msg_1' };
		await emulator.deliver({ ...sent, count: 5, concurrency: 5 });
		expect(trigger.items).toHaveLength(1);
		// A node of another id has nothing of it in this process, as after a restart.
		const restarted = await open({}, { staticData: trigger.staticData, nodeId: 'Restarted' });
		const [{ secret }] = await emulator.channels();
		const again = { url: restarted.url, secret, jobIds };
		expect(statuses(await emulator.deliver({ ...again, webhookId: 'msg_1' }))).toEqual([200]);
		expect(restarted.items).toEqual([]);
		await emulator.deliver({ ...again, webhookId: 'msg_2' });
		expect(restarted.items).toHaveLength(1);
	});

	it('is taken when n8n could not store the execution of the first', async () => {
		const { trigger, channelId } = await published({}, { nodeId: 'Failing' });
		const jobIds = [await endedJob()];
		const sent = { channelId, jobIds, webhookId: 'msg_1' };
		trigger.failToStore(1);
		expect(statuses(await emulator.deliver(sent))).toEqual([500]);
		expect(trigger.items).toEqual([]);
		for (let tries = 0; tries < 2; tries++) {
			expect(statuses(await emulator.deliver(sent))).toEqual([200]);
			expect(trigger.items).toHaveLength(1);
		}
	});

	it('is taken, when it comes while n8n tries in vain to store the execution of the first', async () => {
		const { trigger, channelId } = await published({}, { nodeId: 'Failing later' });
		const sent = { channelId, jobIds: [await endedJob()], webhookId: 'msg_1' };
		await emulator.faults({ method: 'GET', path: '/jobs/', status: 503, delayMs: 1_000 });
		trigger.failToStore(1);
		const first = emulator.deliver(sent);
		await emulator.arrived('GET', /jobs/);
		const second = emulator.deliver(sent);
		expect(statuses([...(await first), ...(await second)])).toEqual([500, 200]);
		expect(trigger.items).toHaveLength(1);
	});

	it('is known among 1,000 events, 20 at a time, a tenth of them twice', async () => {
		const options = { options: { fetchJob: false } };
		const { trigger, channelId } = await published(options, { nodeId: 'Busy' });
		const jobIds = await emulator.addJobs({ count: 1_000, endsIn: { first: 0, last: 0 } });
		const sent = { channelId, jobIds, concurrency: 20, duplicates: 0.1 };
		const deliveries = await emulator.deliver(sent);
		expect(statuses(deliveries)).toHaveLength(1_100);
		expect(new Set(statuses(deliveries))).toEqual(new Set([200]));
		expect(trigger.items.map(({ id }) => id).sort()).toEqual([...jobIds].sort());
		const stored = JSON.parse(trigger.staticData) as Record<string, { seen: object }>;
		expect(Object.keys(stored['node:Trigger'].seen)).toHaveLength(1_000);
	}, 60_000);
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A call to the channels of the workspace, as somebody else makes it. */
async function channelCall(method: string, path: string, body?: object) {
	const response = await fetch(`${emulator.url}/api/v1/notifications/channels${path}`, {
		method,
		headers: {
			'unstructured-api-key': emulator.key,
			...(body && { 'content-type': 'application/json' }),
		},
		body: body && JSON.stringify(body),
	});
	expect(response.ok).toBe(true);
}

const patch = (id: string, body: object) => channelCall('PATCH', `/${id}`, body);
const remove = (id: string) => channelCall('DELETE', `/${id}`);
const post = (url: string) =>
	channelCall('POST', '', { channel_type: 'webhook', url, event_types: FINAL });
