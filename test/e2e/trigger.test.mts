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

/** The events of one burst. The engine's test sends 1,000. Here, each starts an execution, which takes a small machine minutes. */
const EVENTS = Number(process.env.EVENTS ?? 50);

const ENDED = { first: 0, last: 0 };

/** Changes static data, and takes 12 s with a completed job. n8n then stores all static data as read at the start. */
const SLOW = {
	name: 'Slow',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: {
		jsCode: `const data = $getWorkflowStaticData('global');
if ($input.first().json.status === 'COMPLETED') await new Promise((done) => setTimeout(done, 12000));
data.count = (data.count ?? 0) + 1;
return $input.all();`,
	},
};

await test('the trigger in a real n8n', async (t) => {
	const world = await openWorld();
	t.after(world.close);
	const emulator = controlEmulator(world.emulator.url);
	const { key: apiKey, url: apiUrl } = world.emulator;
	const credential = await emulatorCredential(world.api, { apiKey, apiUrl });
	const saveTrigger = async (parameters: object, further: Array<typeof SLOW> = []) =>
		await saveChain(world.api, 'On job event', [
			{
				name: 'On Job Event',
				type: 'n8n-nodes-unstructured.unstructuredTrigger',
				webhookId: crypto.randomUUID(),
				parameters: { scope: 'workspace', events: ['job.completed', 'job.failed'], ...parameters },
				credentials: { unstructuredApi: credential },
			},
			...further,
			after,
		]);

	const executionIds = async (workflowId: string) =>
		(await listExecutions(world.api, workflowId)).map(({ id: execution }) => execution);
	const untilExecutions = async (workflowId: string, count: number) => {
		// A pause, because listing executions slows them down.
		const pauseMs = count > 10 ? 5_000 : 200;
		for (;;) {
			const found = (await executionIds(workflowId)).length;
			if (found >= count) break;
			if (count > 10) console.log(`  ${found} of ${count} executions`);
			await delay(pauseMs);
		}
		// Time for an unexpected execution to appear.
		await delay(1_000);
		return await executionIds(workflowId);
	};
	const jobsOf = async (executions: string[]) => {
		const jobs = [];
		for (const id of executions) {
			const { runs } = await waitForExecution(world.api, id);
			jobs.push(runs.After?.[0].data?.main[0]?.map(({ json }) => json) ?? []);
		}
		return jobs;
	};

	const id = await saveTrigger({});

	await t.test('a finished job starts one execution with the job', async () => {
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

	await t.test('a duplicate, forged, stale, or tampered delivery starts no execution', attack);

	await t.test('the log has the reasons, without the secret', async () => {
		const { readFile } = await import('node:fs/promises');
		const log = await readFile(`${world.folder}/n8n/n8n.log`, 'utf8');
		assert.match(log, /'On Job Event' was rejected: its signature does not match/);
		assert.match(log, /was rejected: it was signed 30\d s ago/);
		const [{ secret = '?' }] = await emulator.channels();
		assert.ok(!log.includes(secret) && !log.includes(apiKey));
	});

	await t.test('these deliveries start no execution after a restart of n8n', async () => {
		await world.restartN8n();
		assert.equal((await emulator.channels()).length, 1);
		await attack();
		await emulator.addJobs({ count: 1, endsIn: { first: 1, last: 1 } });
		assert.equal((await untilExecutions(id, 2)).length, 2);
	});

	await t.test('unpublishing the workflow deletes the channel', async () => {
		await unpublish(world.api, id);
		while ((await emulator.channels()).length > 0) await delay(100);
	});

	await t.test('Listen for test event has its own channel while it listens', async () => {
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
	});

	await t.test('a channel of a workflow receives only events of its jobs', async () => {
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

	await t.test('a long execution that resets static data has no effect', async (sub) => {
		const slow = await saveTrigger({}, [SLOW]);
		await publish(world.api, slow);
		const LATER = { first: 3_600, last: 3_600 };
		const [long, short, long2, next] = await emulator.addJobs({ count: 4, endsIn: LATER });
		const allEnded = async () => {
			for (const execution of await executionIds(slow)) {
				await waitForExecution(world.api, execution);
			}
		};
		const runsOf = async (jobId: string) =>
			(await jobsOf(await executionIds(slow))).flat().filter((job) => job.id === jobId).length;
		const deliveryOf = async (jobId: string) =>
			(await emulator.deliveries()).find((one) => one.jobId === jobId)!;

		await sub.test(
			'a repeated delivery starts no second execution, even after a restart',
			async () => {
				await emulator.changeJob(long, { status: 'COMPLETED' });
				await untilExecutions(slow, 1);
				await emulator.changeJob(short, { status: 'FAILED' });
				await untilExecutions(slow, 2);
				await allEnded();
				await world.restartN8n();
				const { webhookId, channelId } = await deliveryOf(short);
				const again = { channelId: channelId!, jobIds: [short], events: ['job.failed'], webhookId };
				assert.equal((await emulator.deliver(again))[0].attempts.at(-1)?.status, 200);
				await delay(3_000);
				assert.equal(await runsOf(short), 1);
			},
		);

		await sub.test('events arrive after the workflow was published again meanwhile', async () => {
			await emulator.changeJob(long2, { status: 'COMPLETED' });
			while ((await deliveryOf(long2))?.attempts[0]?.status !== 200) await delay(100);
			await unpublish(world.api, slow);
			await publish(world.api, slow);
			await allEnded();
			await emulator.changeJob(next, { status: 'FAILED' });
			while (!(await deliveryOf(next))?.attempts[0]) await delay(100);
			assert.equal((await deliveryOf(next)).attempts[0].status, 200);
			while ((await runsOf(next)) < 1) await delay(500);
			const { staticData } = await world.api.call<{ staticData: unknown }>(
				'GET',
				`/workflows/${slow}`,
			);
			for (const { secret } of await emulator.channels()) {
				assert.ok(!JSON.stringify(staticData).includes(secret!));
			}
			await unpublish(world.api, slow);
		});
	});

	await t.test(
		`each of ${EVENTS} events starts one execution, 20 at a time, a tenth of them sent twice`,
		async () => {
			await emulator.options({ deliverEvents: false });
			const busy = await saveTrigger({});
			await publish(world.api, busy);
			const [{ id: channelId }] = await emulator.channels();
			const jobIds = await emulator.addJobs({ count: EVENTS, endsIn: ENDED });
			const sent = { channelId, jobIds, concurrency: 20, duplicates: 0.1 };
			const deliveries = await emulator.deliver(sent);
			const attempts = deliveries.flatMap(({ attempts: all }) => all);
			assert.equal(attempts.length, EVENTS + EVENTS / 10);
			// A busy n8n rejects some events with 503 or responds too late. The platform sends those again.
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
		},
	);
});
