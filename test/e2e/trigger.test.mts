import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { emulatorCredential } from '../../local/n8n/credentials.mjs';
import { waitForExecution } from '../../local/n8n/executions.mjs';
import { controlEmulator } from '../support/emulator.mjs';
import { SEEDED } from '../../local/emulator/platform/seeds.mjs';
import { after, saveChain } from './support/chain.mjs';
import { listExecutions } from './support/listExecutions.mjs';
import { publish, unpublish } from './support/publish.mjs';
import { openWorld } from './support/world.mjs';

/** Of one burst. The engine's test sends 1,000; here each starts a whole execution, so that a small machine takes minutes. */
const EVENTS = Number(process.env.EVENTS ?? 100);

const ENDED = { first: 0, last: 0 };

await test('the trigger in a real n8n', async (t) => {
	const world = await openWorld();
	t.after(world.close);
	const emulator = controlEmulator(world.emulator.url);
	const { key: apiKey, url: apiUrl } = world.emulator;
	const credential = await emulatorCredential(world.api, { apiKey, apiUrl });
	const saveTrigger = async (parameters: object) =>
		await saveChain(world.api, 'On job event', [
			{
				name: 'On Job Event',
				type: 'n8n-nodes-unstructured.unstructuredTrigger',
				webhookId: crypto.randomUUID(),
				parameters: { scope: 'workspace', events: ['job.completed', 'job.failed'], ...parameters },
				credentials: { unstructuredApi: credential },
			},
			after,
		]);

	const executionIds = async (workflowId: string) =>
		(await listExecutions(world.api, workflowId)).map(({ id: execution }) => execution);
	const untilExecutions = async (workflowId: string, count: number) => {
		// A listing takes n8n's time from what is listed.
		const pauseMs = count > 10 ? 5_000 : 200;
		for (;;) {
			const found = (await executionIds(workflowId)).length;
			if (found >= count) break;
			if (count > 10) console.log(`  ${found} of ${count} executions`);
			await delay(pauseMs);
		}
		// Time for one too many to show.
		await delay(1_000);
		return await executionIds(workflowId);
	};
	const jobsOf = async (executions: string[]) => {
		const jobs = [];
		for (const id of executions) {
			const { runs } = await waitForExecution(world.api, id);
			jobs.push(runs.After[0].data?.main[0]?.map(({ json }) => json) ?? []);
		}
		return jobs;
	};

	const id = await saveTrigger({});

	await t.test('a job that ends starts one execution, with the job', async () => {
		await publish(world.api, id);
		assert.equal((await emulator.channels()).length, 1);
		const [jobId] = await emulator.addJobs({ count: 1, endsIn: { first: 1, last: 1 } });
		const [[item, ...others]] = await jobsOf(await untilExecutions(id, 1));
		assert.deepEqual(others, []);
		assert.equal(item.id, jobId);
		assert.equal(item.status, 'COMPLETED');
		assert.equal(item.event, 'job.completed');
		const [{ webhookId }] = await emulator.deliveries('job.completed');
		assert.equal(item.webhook_id, webhookId);
	});

	const attack = async () => {
		const count = (await executionIds(id)).length;
		const [{ webhookId, jobId }] = await emulator.deliveries('job.completed');
		const [{ id: channelId }] = await emulator.channels();
		const send = async (how: object) =>
			(await emulator.deliver({ channelId, jobIds: [jobId], ...how }))[0].attempts[0].status;
		assert.equal(await send({ webhookId }), 200, 'a duplicate');
		assert.equal(await send({ forged: true }), 401);
		assert.equal(await send({ staleSeconds: 301 }), 401);
		assert.equal(await send({ tampered: true }), 401);
		assert.equal(await send({ unsigned: true }), 401);
		await delay(1_000);
		assert.equal((await executionIds(id)).length, count);
	};

	await t.test('a duplicate, a forged, a stale and a tampered delivery start none', attack);

	await t.test('the log says why, without the secret', async () => {
		const { readFile } = await import('node:fs/promises');
		const log = await readFile(`${world.folder}/n8n/n8n.log`, 'utf8');
		assert.match(log, /'On Job Event' was refused: its signature does not fit/);
		assert.match(log, /was refused: it was signed 30\d s ago/);
		const [{ secret = '?' }] = await emulator.channels();
		assert.ok(!log.includes(secret) && !log.includes(apiKey));
	});

	await t.test('the same after a restart of n8n', async () => {
		await world.restartN8n();
		assert.equal((await emulator.channels()).length, 1);
		await attack();
		await emulator.addJobs({ count: 1, endsIn: { first: 1, last: 1 } });
		assert.equal((await untilExecutions(id, 2)).length, 2);
	});

	await t.test('the channel goes when the workflow is no longer published', async () => {
		await unpublish(world.api, id);
		while ((await emulator.channels()).length > 0) await delay(100);
	});

	await t.test(
		'Listen for test event has a channel of its own for as long as it listens',
		async () => {
			const answer = await world.api.call<{ waitingForWebhook?: boolean }>(
				'POST',
				`/workflows/${id}/run`,
				{ triggerToStartFrom: { name: 'On Job Event' } },
			);
			assert.equal(answer.waitingForWebhook, true);
			const [channel] = await emulator.channels();
			assert.match(channel.url ?? '', /\/webhook-test\//);
			const before = (await executionIds(id)).length;
			const jobIds = await emulator.addJobs({ count: 1, endsIn: { first: 1, last: 1 } });
			const [newest] = await untilExecutions(id, before + 1);
			const [[item]] = await jobsOf([newest]);
			assert.equal(item.id, jobIds[0]);
			while ((await emulator.channels()).length > 0) await delay(100);
		},
	);

	await t.test('a channel of a workflow hears of its jobs only', async () => {
		const workflowId = { __rl: true, mode: 'id', value: SEEDED.localFiles };
		const scoped = await saveTrigger({ scope: 'workflow', workflowId });
		await publish(world.api, scoped);
		const [other] = await emulator.addWorkflows([{ name: 'Other' }]);
		await emulator.addJobs({ count: 1, workflowId: other.id, endsIn: ENDED });
		const [mine] = await emulator.addJobs({
			count: 1,
			workflowId: SEEDED.localFiles,
			endsIn: ENDED,
		});
		const [[item], ...more] = await jobsOf(await untilExecutions(scoped, 1));
		assert.deepEqual(more, []);
		assert.equal(item.id, mine);
		await unpublish(world.api, scoped);
	});

	await t.test(`${EVENTS} events, 20 at a time, a tenth of them twice: each once`, async () => {
		await emulator.options({ deliverEvents: false });
		const busy = await saveTrigger({});
		await publish(world.api, busy);
		const [{ id: channelId }] = await emulator.channels();
		const jobIds = await emulator.addJobs({ count: EVENTS, endsIn: ENDED });
		const sent = { channelId, jobIds, concurrency: 20, duplicates: 0.1 };
		const deliveries = await emulator.deliver(sent);
		const attempts = deliveries.flatMap(({ attempts: all }) => all);
		assert.equal(attempts.length, EVENTS + EVENTS / 10);
		// A busy n8n refuses some with 503 or lets them wait too long; the platform sends those again.
		const untaken = deliveries.filter(({ attempts: all }) =>
			all.every(({ status }) => status !== 200),
		);
		for (const { jobId, webhookId } of untaken) {
			for (let tries = 1; ; tries++) {
				const [{ attempts: again }] = await emulator.deliver({
					channelId,
					jobIds: [jobId],
					webhookId,
				});
				if (again[0].status === 200) break;
				assert.ok(tries < 60, `n8n does not take it: ${again[0].status}`);
				await delay(1_000);
			}
		}
		const found = (await jobsOf(await untilExecutions(busy, EVENTS))).flat();
		assert.deepEqual(found.map((job) => job.id).sort(), [...jobIds].sort());
	});
});
