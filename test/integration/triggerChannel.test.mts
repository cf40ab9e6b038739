import { startEmulator, type Emulator } from '../support/emulator.mjs';
import { byId, LOCAL_FILES } from '../support/node.mjs';
import { openTrigger, publish, type Trigger } from '../support/trigger.mjs';

// The trigger's channel and its secret after a change of static data, the API key, or the URL.

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

async function open(options: Partial<Parameters<typeof openTrigger>[0]> = {}) {
	const trigger = await openTrigger({
		apiUrl: emulator.url,
		apiKey: emulator.key,
		...options,
		parameters: {
			scope: 'workspace',
			events: ['job.completed', 'job.failed'],
			options: { fetchJob: false },
			...options.parameters,
		},
	});
	opened.push(trigger);
	return trigger;
}

const addJob = async () => (await emulator.addJobs({ count: 1, endsIn: { first: 0, last: 0 } }))[0];

const deliver = async (trigger: Trigger, how: object = {}) => {
	const channel = (await emulator.channels()).find(({ url }) => url === trigger.url)!;
	const jobIds = [await addJob()];
	const [{ attempts }] = await emulator.deliver({ channelId: channel.id, jobIds, ...how });
	return attempts[0].status;
};

const listReads = async () => (await emulator.requests('GET', /channels/)).length;

/** Another n8n process that has registered nothing, and is called at the URL of the first process's channel. */
async function openBeside(options: Partial<Parameters<typeof openTrigger>[0]> = {}) {
	const beside = await open({ nodeId: crypto.randomUUID(), ...options });
	const webhookUrl = new URL(beside.url).origin;
	await publish(await open({ nodeId: crypto.randomUUID(), webhookUrl }));
	return beside;
}

describe('static data that n8n has reset', () => {
	it('does not lock out events after the trigger is published again', async () => {
		const trigger = await open();
		await publish(trigger);
		const before = trigger.staticData;
		await trigger.lifecycle('delete');
		await publish(trigger);
		trigger.setBack(before);
		expect(await deliver(trigger)).toBe(200);
		expect(trigger.items).toHaveLength(1);
	});

	it('does not lock out events if it is empty', async () => {
		const trigger = await open();
		await publish(trigger);
		trigger.setBack('{}');
		expect(await deliver(trigger)).toBe(200);
	});

	it('leaves no channel behind after the trigger is unpublished', async () => {
		const trigger = await open();
		const before = trigger.staticData;
		await publish(trigger);
		trigger.setBack(before);
		await trigger.lifecycle('delete');
		expect(await emulator.channels()).toEqual([]);
	});

	it('does not create a second channel', async () => {
		const trigger = await open();
		await publish(trigger);
		const [{ id }] = await emulator.channels();
		trigger.setBack('{}');
		await publish(trigger);
		expect((await emulator.channels()).map((channel) => channel.id)).toEqual([id]);
	});

	it('does not start two executions for one delivery', async () => {
		const trigger = await open({ nodeId: crypto.randomUUID() });
		await publish(trigger);
		const before = trigger.staticData;
		expect(await deliver(trigger, { webhookId: 'msg_1' })).toBe(200);
		trigger.setBack(before);
		expect(await deliver(trigger, { webhookId: 'msg_1' })).toBe(200);
		expect(trigger.items).toHaveLength(1);
		expect(trigger.staticData).toBe(before);
		expect(await deliver(trigger, { webhookId: 'msg_2' })).toBe(200);
		const stored = JSON.parse(trigger.staticData) as Record<string, { seen: object }>;
		expect(Object.keys(stored['node:Trigger'].seen)).toHaveLength(2);
	});
});

describe('another n8n process', () => {
	it('knows the secret without static data', async () => {
		const beside = await openBeside();
		expect(await deliver(beside)).toBe(200);
		expect(beside.items).toHaveLength(1);
		const reads = await listReads();
		expect(await deliver(beside)).toBe(200);
		expect(await listReads()).toBe(reads);
	});

	it('reads the channels once for many forged calls, and starts no execution', async () => {
		const beside = await openBeside();
		const reads = await listReads();
		const [channel] = await emulator.channels();
		const forged = { channelId: channel.id, count: 20, concurrency: 5, forged: true };
		const deliveries = await emulator.deliver({ ...forged, jobIds: [await addJob()] });
		expect(new Set(deliveries.map(({ attempts }) => attempts[0].status))).toEqual(new Set([401]));
		expect(await listReads()).toBe(reads + 1);
		expect(beside.items).toEqual([]);
	});

	it('asks for another delivery while the channels cannot be read', async () => {
		const beside = await openBeside();
		await emulator.faults({ method: 'GET', path: '/channels', status: 403, body: {} });
		expect(await deliver(beside)).toBe(503);
		expect(beside.items).toEqual([]);
	});

	it('does not read the channels for a call without a signature', async () => {
		const beside = await openBeside();
		expect(await deliver(beside)).toBe(200);
		const reads = await listReads();
		expect(await deliver(beside, { unsigned: true })).toBe(401);
		expect(await deliver(beside, { staleSeconds: 400 })).toBe(401);
		expect(await listReads()).toBe(reads);
	});
});

it('accepts events after the API key was replaced', async () => {
	const trigger = await open();
	await publish(trigger);
	trigger.replaceKey('unstructured-new-key');
	expect(await deliver(trigger)).toBe(200);
	expect(trigger.items).toHaveLength(1);
});

it('keeps the secret out of static data, items, and the visible channel', async () => {
	const trigger = await open();
	await publish(trigger);
	await deliver(trigger);
	const [{ secret, ...shown }] = await emulator.channels();
	expect(secret).toMatch(/^[\w-]{24,75}$/);
	expect(trigger.staticData + JSON.stringify([trigger.items, shown])).not.toContain(secret);
});

describe("a copy of n8n's database at another URL", () => {
	it('registers its own channel and keeps the first one', async () => {
		const production = await open();
		await publish(production);
		const [before] = await emulator.channels();
		const { staticData } = production;
		const staging = await open({ staticData });
		await publish(staging);
		expect((await emulator.channels()).map(({ url }) => url)).toEqual([
			production.url,
			staging.url,
		]);
		expect((await emulator.channels())[0]).toEqual(before);
		expect(await deliver(production)).toBe(200);
		expect(await deliver(staging)).toBe(200);

		await staging.lifecycle('delete');
		expect(await emulator.channels()).toEqual([before]);
		expect(await deliver(production)).toBe(200);
	});

	it('deletes nothing if it is unpublished without having been published', async () => {
		const production = await open();
		await publish(production);
		const staging = await open({ staticData: production.staticData });
		await staging.lifecycle('delete');
		expect(await emulator.channels()).toHaveLength(1);
	});

	it('moves only its own channel to another scope', async () => {
		const production = await open();
		await publish(production);
		const staging = await open({
			staticData: production.staticData,
			parameters: { scope: 'workflow', workflowId: byId(LOCAL_FILES) },
		});
		await publish(staging);
		expect(await emulator.channels()).toMatchObject([
			{ url: production.url, workflowId: null },
			{ url: staging.url, workflowId: LOCAL_FILES },
		]);
	});
});

it('is unpublished even if its workflow in Unstructured was deleted', async () => {
	const [{ id }] = await emulator.addWorkflows([{ name: 'Short-lived' }]);
	const trigger = await open({ parameters: { scope: 'workflow', workflowId: byId(id) } });
	await publish(trigger);
	await fetch(`${emulator.url}/api/v1/workflows/${id}`, {
		method: 'DELETE',
		headers: { 'unstructured-api-key': emulator.key },
	});
	expect(await trigger.lifecycle('delete')).toBe(true);
});
