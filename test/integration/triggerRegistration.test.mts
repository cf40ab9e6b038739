import { byId, LOCAL_FILES } from '../support/node.mjs';
import { publish } from '../support/trigger.mjs';
import { FINAL, statuses, useTrigger } from '../support/useTrigger.mjs';

const use = useTrigger();

describe('the channel', () => {
	it('is registered with its own secret, and deleted', async () => {
		const trigger = await use.open();
		expect(await trigger.lifecycle('checkExists')).toBe(false);
		await trigger.lifecycle('create');
		const [channel, ...others] = await use.emulator.channels();
		expect(others).toEqual([]);
		expect(channel).toMatchObject({ url: trigger.url, event_types: FINAL, enabled: true });
		expect(channel.secret).toMatch(/^[\w-]{24,75}$/);
		expect(await trigger.lifecycle('checkExists')).toBe(true);
		await trigger.lifecycle('delete');
		expect(await use.emulator.channels()).toEqual([]);
		expect(trigger.staticData).not.toContain(channel.secret);
	});

	it('is registered for a workflow', async () => {
		const { channelId } = await use.published({ scope: 'workflow', workflowId: byId(LOCAL_FILES) });
		const seen = await use.emulator.requests('POST', /notifications/);
		expect(seen.map(({ path }) => path)).toEqual([
			`/api/v1/workflows/${LOCAL_FILES}/notifications/channels`,
		]);
		expect(channelId).toBeTruthy();
	});

	it.each([
		['disabled it', { enabled: false }],
		['changed its events', { event_types: ['job.scheduled'] }],
	])('is restored if someone has %s', async (_, change) => {
		const { trigger, channelId } = await use.published();
		const [{ secret }] = await use.emulator.channels();
		await patch(channelId, { ...change, secret: 'changed-by-somebody-else-01' });
		expect(await trigger.lifecycle('checkExists')).toBe(true);
		expect(await use.emulator.channels()).toMatchObject([
			{ id: channelId, url: trigger.url, event_types: FINAL, enabled: true, secret },
		]);
	});

	it('is kept and replaced by a new one if someone has changed its URL', async () => {
		const { trigger, channelId } = await use.published();
		await patch(channelId, { url: 'https://example.com/other' });
		await publish(trigger);
		expect(await use.emulator.channels()).toMatchObject([
			{ id: channelId, url: 'https://example.com/other' },
			{ url: trigger.url },
		]);
	});

	it('gets its secret back if someone has changed only that', async () => {
		const { trigger, channelId } = await use.published();
		await patch(channelId, { secret: 'changed-by-somebody-else-01' });
		await publish(trigger);
		const jobIds = [await use.endedJob()];
		expect(statuses(await use.emulator.deliver({ channelId, jobIds }))).toEqual([200]);
	});

	it('is created again if missing, and unpublishing without it is not an error', async () => {
		const { trigger, channelId } = await use.published();
		await remove(channelId);
		expect(await trigger.lifecycle('checkExists')).toBe(false);
		await trigger.lifecycle('create');
		const [{ id }] = await use.emulator.channels();
		await remove(id);
		expect(await trigger.lifecycle('delete')).toBe(true);
	});

	it('does not count as missing if the API fails', async () => {
		const { trigger } = await use.published();
		await use.emulator.faults({ method: 'GET', path: '/notifications/', status: 403, body: {} });
		await expect(trigger.lifecycle('checkExists')).rejects.toThrow('permission');
		expect(await use.emulator.channels()).toHaveLength(1);
	});

	it('moves with the scope', async () => {
		const { trigger } = await use.published();
		const moved = await use.open(
			{ scope: 'workflow', workflowId: byId(LOCAL_FILES) },
			{ staticData: trigger.staticData, webhookUrl: new URL(trigger.url).origin },
		);
		await publish(moved);
		const channels = await use.emulator.channels();
		expect(channels).toMatchObject([{ url: trigger.url, workflowId: LOCAL_FILES }]);
		await moved.lifecycle('delete');
		expect(await use.emulator.channels()).toEqual([]);
	});

	it('is not created twice if the response to its creation is lost', async () => {
		await use.emulator.faults({ method: 'POST', path: '/channels$', reset: 'afterBody' });
		const { trigger } = await use.published();
		expect(await use.emulator.requests('POST', /channels$/)).toHaveLength(1);
		expect(await use.emulator.channels()).toHaveLength(1);
		const id = await use.endedJob();
		const [{ id: channelId }] = await use.emulator.channels();
		await use.emulator.deliver({ channelId, jobIds: [id] });
		expect(trigger.items).toHaveLength(1);
	});

	it('is reused if an earlier attempt left it, and copies are deleted', async () => {
		const trigger = await use.open();
		for (let copy = 0; copy < 2; copy++) await post(trigger.url);
		await publish(trigger);
		expect(await use.emulator.channels()).toHaveLength(1);
		const [{ id: channelId }] = await use.emulator.channels();
		const jobIds = [await use.endedJob()];
		expect(statuses(await use.emulator.deliver({ channelId, jobIds }))).toEqual([200]);
	});

	it('explains what to do if there are already 50 channels', async () => {
		for (let i = 0; i < 50; i++) await post(`https://example.com/${i}`);
		const trigger = await use.open();
		await expect(publish(trigger)).rejects.toMatchObject({
			message: expect.stringContaining('already has 50 webhook channels') as string,
			description: expect.stringContaining('Notification Channel: Delete') as string,
		});
	});

	it.each(['http://n8n.example.com', 'http://192.168.1.5:5678'])(
		'is not registered under %s',
		async (webhookUrl) => {
			const trigger = await use.open({}, { webhookUrl });
			await expect(publish(trigger)).rejects.toMatchObject({
				message: expect.stringContaining('is not a public HTTPS URL') as string,
				description: expect.stringContaining('WEBHOOK_URL') as string,
			});
			expect(await use.emulator.requests('POST')).toEqual([]);
		},
	);

	it.each([
		[{ events: [] }, 'No event is selected'],
		[{ scope: 'workflow', workflowId: byId('') }, 'No workflow is selected'],
	])('is not registered with %j', async (parameters, message) => {
		await expect(publish(await use.open(parameters))).rejects.toThrow(message);
	});
});

/** A call to the workspace's channels, as from another client. */
async function channelCall(method: string, path: string, body?: object) {
	const response = await fetch(`${use.emulator.url}/api/v1/notifications/channels${path}`, {
		method,
		headers: {
			'unstructured-api-key': use.emulator.key,
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
