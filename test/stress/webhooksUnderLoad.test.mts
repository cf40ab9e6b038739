import { withBusyCores } from '../support/busyCores.mjs';
import { jobParameters, jsonItems, useNode } from '../support/node.mjs';
import { openTrigger, publish } from '../support/trigger.mjs';
import { openWaits } from '../support/waits.mjs';

// The expectations hold even if the machine is busy and n8n stores slowly.

const ROUNDS = process.env.FAULTS === 'all' ? 20 : 5;
const LATER = { first: 3_600, last: 3_600 };
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const node = useNode();

it(`accepts events in all of ${ROUNDS} rounds in which static data is reset`, async () => {
	await node.emulator.options({ deliverEvents: false });
	const trigger = await openTrigger({
		parameters: { scope: 'workspace', events: ['job.completed'], options: { fetchJob: false } },
		apiUrl: node.emulator.url,
		apiKey: node.emulator.key,
		nodeId: crypto.randomUUID(),
	});
	const jobIds = await node.emulator.addJobs({ count: ROUNDS, endsIn: { first: 0, last: 0 } });
	await withBusyCores(async () => {
		for (const jobId of jobIds) {
			const before = trigger.staticData;
			await publish(trigger);
			await trigger.lifecycle('delete');
			await publish(trigger);
			trigger.setBack(before);
			const [{ id: channelId }, ...others] = await node.emulator.channels();
			expect(others).toEqual([]);
			const sent = { channelId, jobIds: [jobId], count: 3, concurrency: 3, webhookId: jobId };
			const deliveries = await node.emulator.deliver(sent);
			const statuses = deliveries.flatMap(({ attempts }) => attempts.map(({ status }) => status));
			expect(statuses).toEqual([200, 200, 200]);
			trigger.setBack(before);
		}
	});
	expect(trigger.items.map(({ id }) => id)).toEqual(jobIds);
	await trigger.close();
}, 120_000);

/** Whether the response to one of the later deliveries asked to repeat it. */
async function wasDeferred(earlier: number) {
	const later = (await node.emulator.deliveries()).slice(earlier);
	return later.some(({ attempts }) => attempts.some(({ status }) => status === 503));
}

it(`resumes all of ${ROUNDS} waits whose key is replaced and that lose the details of a job`, async () => {
	await node.emulator.options({ retrySeconds: Array<number>(100).fill(0.1) });
	const channelsWhileStoring: number[] = [];
	const waits = await openWaits(async () => {
		await pause(300);
		channelsWhileStoring.push((await node.emulator.channels()).length);
	});
	await withBusyCores(async () => {
		for (let round = 0; round < ROUNDS; round++) {
			const ids = await node.emulator.addJobs({ count: 2, endsIn: LATER });
			const wait = await waits.start({
				apiUrl: node.emulator.url,
				apiKey: node.emulator.key,
				parameters: jobParameters('wait', {
					jobId: '={{ $json.id }}',
					options: { waitVia: 'webhook', timeout: 3_600, includeDetails: true },
				}),
				items: jsonItems(...ids.map((id) => ({ id }))),
			});
			const path = `${ids[0]}/details$`;
			await node.emulator.faults({ path, status: 404, body: {}, times: null });
			const earlier = (await node.emulator.deliveries()).length;
			wait.replaceKey('unstructured-new-key');
			for (const id of ids) await node.emulator.changeJob(id, { status: 'COMPLETED' });
			// The signature is valid, but the jobs can't be read with this key.
			while (!(await wasDeferred(earlier))) await pause(20);
			wait.replaceKey(node.emulator.key);
			const [items] = (await wait.resumed).outputs;
			expect(items.map(({ json }) => [json.id, json.status])).toEqual(
				ids.map((id) => [id, 'COMPLETED']),
			);
			while ((await node.emulator.channels()).length > 0) await pause(20);
		}
	});
	expect(channelsWhileStoring.every((count) => count === 1)).toBe(true);
	expect(channelsWhileStoring.length).toBeGreaterThanOrEqual(ROUNDS);
	await waits.close();
}, 180_000);
