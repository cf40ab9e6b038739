import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { emulatorCredential } from '../../local/n8n/credentials.mjs';
import { startWorkflow, waitForExecution } from '../../local/n8n/executions.mjs';
import { controlEmulator } from '../support/emulator.mjs';
import { after, items, manualTrigger, saveChain, unstructured } from './support/chain.mjs';
import { openWorld } from './support/world.mjs';

/** Longer than a test, so no job finishes by itself. */
const LATER = { first: 3_600, last: 3_600 };

await test('waiting by webhook in a real n8n', async (t) => {
	const world = await openWorld();
	t.after(world.close);
	const emulator = controlEmulator(world.emulator.url);
	await emulator.options({ retrySeconds: [1, 1, 1] });
	const { key: apiKey, url: apiUrl } = world.emulator;
	const credential = await emulatorCredential(world.api, { apiKey, apiUrl });

	/** Starts an execution that waits for these jobs. */
	const startWait = async (
		jobIds: string[],
		options: object = {},
		nodeName = 'Wait',
		settings: object = {},
	) => {
		const waitOptions = { waitVia: 'webhook', ...options };
		const parameters = { resource: 'job', operation: 'wait', options: waitOptions };
		const id = await saveChain(world.api, 'Wait by webhook', [
			manualTrigger,
			items(...jobIds.map((jobId) => ({ id: jobId }))),
			{ ...unstructured(nodeName, credential, parameters), ...settings },
			after,
		]);
		return await startWorkflow(world.api, id, 'Start');
	};
	const statusOf = async (id: string) =>
		(await world.api.call<{ status: string }>('GET', `/executions/${id}`)).status;
	const until = async (status: string, id: string) => {
		for (let looks = 0; (await statusOf(id)) !== status && looks < 240; looks++) await delay(250);
		assert.equal(await statusOf(id), status);
	};
	/** The first attempt to deliver the events of a job to a channel. */
	const firstAttempt = async (jobId: string, channelId?: string) => {
		for (let checks = 0; checks < 600; checks++) {
			const deliveries = await emulator.deliveries();
			const own = deliveries.find((one) => one.jobId === jobId && one.channelId === channelId);
			if (own?.attempts[0]) return own.attempts[0];
			await delay(100);
		}
		throw new Error(`No event of job ${jobId} was sent within a minute`);
	};
	const outcome = async (id: string) => {
		const { status, runs, error } = await waitForExecution(world.api, id);
		return { status, error, json: runs.After?.[0].data?.main[0]?.map(({ json }) => json) ?? [] };
	};

	await t.test('the wait makes no call and holds no worker', async () => {
		const jobIds = await emulator.addJobs({ count: 2, endsIn: LATER });
		const id = await startWait(jobIds, {}, 'Wait "x" }} ä');
		await until('waiting', id);
		const before = (await emulator.requests('GET', /jobs/)).length;
		await delay(3_000);
		assert.equal((await emulator.requests('GET', /jobs/)).length, before);
		await emulator.changeJob(jobIds[0], { status: 'FAILED' });
		await delay(3_000);
		assert.equal(await statusOf(id), 'waiting');
		await emulator.changeJob(jobIds[1], { status: 'COMPLETED' });
		const { status, json } = await outcome(id);
		assert.equal(status, 'success');
		assert.deepEqual(
			json.map((job) => [job.id, job.status]),
			[
				[jobIds[0], 'FAILED'],
				[jobIds[1], 'COMPLETED'],
			],
		);
	});

	// Not earlier: its end would be a call in the previous test. n8n checks for executions that have waited long enough
	// once a minute and when it starts.
	const [timedId] = await emulator.addJobs({ count: 1, endsIn: LATER });
	const timed = await startWait([timedId], { timeout: 2 });
	const timedStart = Date.now();
	await until('waiting', timed);

	await t.test('a restart of n8n does not end the wait', async () => {
		const [jobId] = await emulator.addJobs({ count: 1, endsIn: LATER });
		const id = await startWait([jobId], { includeDetails: true });
		await until('waiting', id);
		await world.restartN8n();
		// n8n counts an unfinished execution as crashed until it has seen that it waits.
		await until('waiting', id);
		await emulator.changeJob(jobId, { status: 'COMPLETED' });
		const { json } = await outcome(id);
		assert.equal(json[0].status, 'COMPLETED');
		assert.equal(json[0].processing_status, 'SUCCESS');
	});

	await t.test(
		'an event that arrives while n8n is down is sent again and resumes the execution',
		async () => {
			const [jobId] = await emulator.addJobs({ count: 1, endsIn: LATER });
			const id = await startWait([jobId]);
			await until('waiting', id);
			await emulator.options({ retrySeconds: Array<number>(600).fill(1) });
			const channel = (await emulator.channels()).find(({ url }) => url?.includes(`/${id}?`));
			await world.restartN8n(async () => {
				await emulator.changeJob(jobId, { status: 'STOPPED' });
				assert.equal((await firstAttempt(jobId, channel?.id)).status, null);
			});
			// An execution that n8n resumes during its start counts as crashed until it is finished.
			await until('success', id);
			assert.equal((await outcome(id)).json[0].status, 'STOPPED');
		},
	);

	await t.test('forged, late, and foreign calls do not resume the execution', async () => {
		const [jobId, other] = await emulator.addJobs({ count: 2, endsIn: LATER });
		const id = await startWait([jobId]);
		await until('waiting', id);
		const channel = (await emulator.channels()).find(({ url }) => url?.includes(`/${id}?`));
		assert.ok(channel);
		const send = async (how: object) => {
			const sent = { channelId: channel.id, jobIds: [jobId], ...how };
			return (await emulator.deliver(sent))[0].attempts[0].status;
		};
		assert.equal(await send({ forged: true }), 401);
		assert.equal(await send({ tampered: true }), 401);
		assert.equal(await send({ unsigned: true }), 401);
		assert.equal(await send({ staleSeconds: 301 }), 401);
		assert.equal(await send({ jobIds: [other] }), 200);
		assert.equal(await send({ events: ['job.in_progress'] }), 200);
		// Signed, but the job is still running: the sender must retry.
		assert.equal(await send({}), 503);
		assert.equal(await statusOf(id), 'waiting');
		await emulator.changeJob(jobId, { status: 'COMPLETED' });
		assert.equal((await outcome(id)).json[0].status, 'COMPLETED');
		assert.notEqual(
			await send({ channelId: undefined, url: channel.url, secret: channel.secret }),
			200,
		);
	});

	await t.test('missing details of one job do not delay the others', async () => {
		const jobIds = await emulator.addJobs({ count: 2, endsIn: LATER });
		const id = await startWait(jobIds, { includeDetails: true });
		await until('waiting', id);
		await emulator.faults({ path: `${jobIds[0]}/details$`, status: 404, body: {}, times: null });
		for (const jobId of jobIds) await emulator.changeJob(jobId, { status: 'COMPLETED' });
		await until('success', id);
		await emulator.faults();
		const { json } = await outcome(id);
		assert.deepEqual(
			json.map((job) => [job.id, job.status]),
			jobIds.map((jobId) => [jobId, 'COMPLETED']),
		);
	});

	await t.test('the execution resumes after the API key was replaced', async () => {
		await emulator.options({ retrySeconds: Array<number>(600).fill(1) });
		const [jobId] = await emulator.addJobs({ count: 1, endsIn: LATER });
		const id = await startWait([jobId]);
		await until('waiting', id);
		const path = `/credentials/${credential.id}`;
		const { name } = credential;
		const replaceKey = async (key: string) =>
			await world.api.call('PATCH', path, {
				name,
				type: 'unstructuredApi',
				data: { apiKey: key, apiUrl },
			});
		// Channels of other waits in this scope receive the event too.
		const channel = (await emulator.channels()).find(({ url }) => url?.includes(`/${id}?`));
		await replaceKey('unstructured-new-key');
		try {
			await emulator.changeJob(jobId, { status: 'COMPLETED' });
			// Unstructured does not recognize that key, so the job can't be read, but the delivery is genuine.
			assert.equal((await firstAttempt(jobId, channel?.id)).status, 503);
			assert.equal(await statusOf(id), 'waiting');
		} finally {
			await replaceKey(apiKey);
		}
		await until('success', id);
		assert.equal((await outcome(id)).json[0].status, 'COMPLETED');
	});

	await t.test(
		'the execution resumes even if n8n is killed while the channel is deleted',
		async () => {
			const [jobId] = await emulator.addJobs({ count: 1, endsIn: LATER });
			const id = await startWait([jobId]);
			await until('waiting', id);
			const before = (await emulator.requests('DELETE', /channels/)).length;
			await emulator.faults({ method: 'DELETE', path: 'channels', hang: 'read' });
			await emulator.changeJob(jobId, { status: 'COMPLETED' });
			await emulator.arrived('DELETE', /channels/, before + 1);
			// n8n has stored the resumption; this short chain needs no time.
			await until('success', id);
			const listener = execFileSync('ss', ['-ltnpH', `sport = :${new URL(world.n8nUrl).port}`]);
			process.kill(Number(/pid=(\d+)/.exec(String(listener))![1]), 'SIGKILL');
			await emulator.faults();
			await world.restartN8n();
			assert.equal((await outcome(id)).json[0].status, 'COMPLETED');
		},
	);

	await t.test('failed items leave through the error output', async () => {
		const [jobId] = await emulator.addJobs({ count: 1, endsIn: LATER });
		await emulator.faults({ method: 'POST', path: 'channels', status: 403, times: null });
		const id = await startWait([jobId], {}, 'Wait', { onError: 'continueErrorOutput' });
		const { status, json } = await outcome(id);
		await emulator.faults();
		assert.equal(status, 'success');
		assert.deepEqual(json, []);
		const { runs } = await waitForExecution(world.api, id);
		const [, failed] = runs.Wait[0].data?.main ?? [];
		assert.match(failed?.[0].json.error as string, /permission/);
	});

	await t.test('a finished job is returned immediately, without a channel', async () => {
		const jobIds = await emulator.addJobs({ count: 1, endsIn: { first: 0, last: 0 } });
		const before = (await emulator.requests('POST', /channels$/)).length;
		assert.equal((await outcome(await startWait(jobIds))).json[0].status, 'COMPLETED');
		assert.equal((await emulator.requests('POST', /channels$/)).length, before);
	});

	await t.test('settings that a webhook cannot honor are rejected immediately', async () => {
		const [jobId] = await emulator.addJobs({ count: 1, endsIn: LATER });
		const failing = await outcome(await startWait([jobId], { failOnJobFailure: true }));
		assert.equal(failing.status, 'error');
		assert.match(failing.error ?? '', /'Fail on Job Failure' can't be used/);
	});

	await t.test('the time limit ends the wait with the job as last known', async () => {
		const { status, json } = await outcome(timed);
		assert.equal(status, 'success');
		assert.equal(json[0].id, timedId);
		assert.match(json[0].status as string, /SCHEDULED|IN_PROGRESS/);
		assert.ok(Date.now() - timedStart > 2_000);
	});

	await t.test('the channel is deleted after the execution was resumed', async () => {
		const [jobId] = await emulator.addJobs({ count: 1, endsIn: LATER });
		const id = await startWait([jobId]);
		await until('waiting', id);
		const isThere = async () =>
			(await emulator.channels()).some(({ url }) => url?.includes(`/${id}?`));
		assert.ok(await isThere());
		await emulator.changeJob(jobId, { status: 'COMPLETED' });
		await outcome(id);
		while (await isThere()) await delay(100);
	});

	await t.test('a later wait deletes the channel that a time limit left', async () => {
		const left = (await emulator.channels()).filter(({ url }) => url?.includes(`/${timed}?`));
		assert.deepEqual(left, []);
	});
});
