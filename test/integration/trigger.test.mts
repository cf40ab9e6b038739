import { LOCAL_FILES } from '../support/node.mjs';
import { FINAL, statuses, useTrigger } from '../support/useTrigger.mjs';

const use = useTrigger();

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('an event', () => {
	it('starts an execution with the job, the event, and the delivery', async () => {
		const { trigger, channelId } = await use.published();
		const id = await use.endedJob();
		const [{ webhookId }] = await use.emulator.deliver({ channelId, jobIds: [id] });
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

	it("starts an execution without reading the job, with 'Fetch Job' off", async () => {
		const { trigger, channelId } = await use.published({ options: { fetchJob: false } });
		const id = await use.endedJob();
		const [{ webhookId }] = await use.emulator.deliver({ channelId, jobIds: [id] });
		expect(trigger.items).toEqual([
			{
				id,
				workflow_id: LOCAL_FILES,
				status: 'COMPLETED',
				event: 'job.completed',
				webhook_id: webhookId,
			},
		]);
		expect(await use.emulator.requests('GET', /jobs/)).toEqual([]);
	});

	it('arrives once for each status of a running job', async () => {
		await use.emulator.options({ deliverEvents: true });
		const { trigger } = await use.published({
			events: [...FINAL, 'job.scheduled', 'job.in_progress'],
		});
		await use.emulator.addJobs({
			count: 1,
			workflowId: LOCAL_FILES,
			endsIn: { first: 1, last: 1 },
		});
		while ((await use.emulator.deliveries('job.completed')).length < 1) await pause(20);
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
		['not JSON', { body: '<html>' }, 400],
	])('starts no execution if it is %s', async (_, tampering, status) => {
		const { trigger, channelId } = await use.published();
		const jobIds = [await use.endedJob()];
		expect(statuses(await use.emulator.deliver({ channelId, jobIds, ...tampering }))).toEqual([
			status,
		]);
		expect(trigger.items).toEqual([]);
	});

	it.each([
		['with the header names of Svix', { prefix: 'svix' }],
		['among several signatures', { otherSignatures: ['v1,AAAA', 'v2,BBBB'] }],
		['if it arrives slowly', { bytesPerSecond: 500 }],
		['if it is almost five minutes old', { staleSeconds: 290 }],
	])('is accepted %s', async (_, tampering) => {
		const { trigger, channelId } = await use.published();
		const jobIds = [await use.endedJob()];
		expect(statuses(await use.emulator.deliver({ channelId, jobIds, ...tampering }))).toEqual([
			200,
		]);
		expect(trigger.items).toHaveLength(1);
	});

	it('is accepted but starts no execution if its type was not selected', async () => {
		const { trigger, channelId } = await use.published();
		const jobIds = [await use.endedJob()];
		const events = ['job.scheduled'];
		expect(statuses(await use.emulator.deliver({ channelId, jobIds, events }))).toEqual([200]);
		expect(trigger.items).toEqual([]);
	});

	it('starts no execution if the channel was never registered', async () => {
		const trigger = await use.open();
		const secret = 'a-secret-of-24-characters';
		const jobIds = [await use.endedJob()];
		const deliveries = await use.emulator.deliver({ url: trigger.url, secret, jobIds });
		expect(statuses(deliveries)).toEqual([401]);
	});

	it('is not lost if the API is down', async () => {
		const { trigger, channelId } = await use.published();
		const jobIds = [await use.endedJob()];
		await use.emulator.faults({ method: 'GET', path: '/jobs/', status: 500, times: null });
		const [{ attempts }] = await use.emulator.deliver({ channelId, jobIds });
		expect(attempts).toMatchObject([{ status: 200 }]);
		expect(attempts[0].took).toBeLessThan(10_000);
		while (trigger.items.length === 0) await pause(50);
		expect(trigger.items).toMatchObject([
			{ id: jobIds[0], status: 'COMPLETED', read_failure: expect.any(String) as string },
		]);
	});

	it('waits for the API to catch up if the event is ahead of it', async () => {
		const { trigger, channelId } = await use.published();
		const jobIds = await use.emulator.addJobs({
			count: 1,
			workflowId: LOCAL_FILES,
			endsIn: { first: 1.2, last: 1.2 },
		});
		await use.emulator.deliver({ channelId, jobIds });
		while (trigger.items.length === 0) await pause(50);
		expect(trigger.items).toMatchObject([{ id: jobIds[0], status: 'COMPLETED' }]);
	});
});

describe('a repeated delivery', () => {
	it('starts no second execution, even if simultaneous or after a restart', async () => {
		const { trigger, channelId } = await use.published();
		const jobIds = [await use.endedJob()];
		const sent = { channelId, jobIds, webhookId: 'msg_1' };
		await use.emulator.deliver({ ...sent, count: 5, concurrency: 5 });
		expect(trigger.items).toHaveLength(1);
		// A node with another ID remembers nothing of it in this process, as after a restart.
		const restarted = await use.open({}, { staticData: trigger.staticData, nodeId: 'Restarted' });
		const [{ secret }] = await use.emulator.channels();
		const again = { url: restarted.url, secret, jobIds };
		expect(statuses(await use.emulator.deliver({ ...again, webhookId: 'msg_1' }))).toEqual([200]);
		expect(restarted.items).toEqual([]);
		await use.emulator.deliver({ ...again, webhookId: 'msg_2' });
		expect(restarted.items).toHaveLength(1);
	});

	it('is accepted if n8n could not store the execution of the first', async () => {
		const { trigger, channelId } = await use.published({}, { nodeId: 'Failing' });
		const jobIds = [await use.endedJob()];
		const sent = { channelId, jobIds, webhookId: 'msg_1' };
		trigger.failToStore(1);
		expect(statuses(await use.emulator.deliver(sent))).toEqual([500]);
		expect(trigger.items).toEqual([]);
		for (let tries = 0; tries < 2; tries++) {
			expect(statuses(await use.emulator.deliver(sent))).toEqual([200]);
			expect(trigger.items).toHaveLength(1);
		}
	});

	it('is accepted while storing the execution of the first fails', async () => {
		const { trigger, channelId } = await use.published({}, { nodeId: 'Failing later' });
		const sent = { channelId, jobIds: [await use.endedJob()], webhookId: 'msg_1' };
		await use.emulator.faults({ method: 'GET', path: '/jobs/', status: 503, delayMs: 1_000 });
		trigger.failToStore(1);
		const first = use.emulator.deliver(sent);
		await use.emulator.arrived('GET', /jobs/);
		const second = use.emulator.deliver(sent);
		expect(statuses([...(await first), ...(await second)])).toEqual([500, 200]);
		expect(trigger.items).toHaveLength(1);
	});

	it('is recognized among 1,000 events, 20 at a time, a tenth of them sent twice', async () => {
		const options = { options: { fetchJob: false } };
		const { trigger, channelId } = await use.published(options, { nodeId: 'Busy' });
		const jobIds = await use.emulator.addJobs({ count: 1_000, endsIn: { first: 0, last: 0 } });
		const sent = { channelId, jobIds, concurrency: 20, duplicates: 0.1 };
		const deliveries = await use.emulator.deliver(sent);
		expect(statuses(deliveries)).toHaveLength(1_100);
		expect(new Set(statuses(deliveries))).toEqual(new Set([200]));
		expect(trigger.items.map(({ id }) => id).sort()).toEqual([...jobIds].sort());
		const stored = JSON.parse(trigger.staticData) as Record<string, { seen: object }>;
		expect(Object.keys(stored['node:Trigger'].seen)).toHaveLength(1_000);
	}, 60_000);
});
