import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { emulatorCredential } from '../../../local/n8n/credentials.mjs';
import { waitForExecution } from '../../../local/n8n/executions.mjs';
import { controlEmulator } from '../../support/emulator.mjs';
import { after, saveChain, unstructured } from '../support/chain.mjs';
import { listExecutions } from '../support/listExecutions.mjs';
import { publish } from '../support/publish.mjs';
import type { Queue } from '../support/queue.mjs';

/** How many of the 3 jobs for 25 files have been started when the worker is killed. */
const STARTED = 2;

const FILES = `return Array.from({ length: 25 }, (_, at) => ({
	json: { subject: 'Email ' + at },
	binary: {
		data: {
			fileName: 'file-' + at + '.txt',
			mimeType: 'text/plain',
			data: Buffer.from('Text ' + at).toString('base64'),
		},
	},
}));`;

/** The worker that runs Document: Parse is killed. */
export async function killedDocument(t: TestContext, { world, workers }: Queue) {
	const { api, n8nUrl } = world;
	const emulator = controlEmulator(world.emulator.url);
	// No job finishes before the worker is killed.
	await emulator.options({ jobSeconds: 3_600 });
	const { key: apiKey, url: apiUrl } = world.emulator;
	const credential = await emulatorCredential(api, { apiKey, apiUrl });
	const path = 'files';
	const id = await saveChain(api, 'Parse files', [
		{
			name: 'Receive',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: crypto.randomUUID(),
			parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		},
		{
			name: 'Source',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode: FILES },
		},
		unstructured('Get Text', credential, {
			resource: 'document',
			operation: 'parse',
			options: {},
		}),
		after,
	]);
	await publish(api, id);
	assert.equal((await fetch(`${n8nUrl}/webhook/${path}`, { method: 'POST' })).status, 200);

	const named = async () => {
		const logs = await Promise.all(workers.map((worker) => worker.log()));
		return logs.flatMap((log) => [
			...log.matchAll(
				/'Get Text' of execution (\d+) started the Unstructured job ([0-9a-f-]{36})/g,
			),
		]);
	};
	while ((await named()).length < STARTED) await delay(20);
	const [[, executionId]] = await named();
	const begun = await Promise.all(workers.map((worker) => worker.begun()));
	const place = begun.findIndex((executions) => executions.includes(executionId));
	await workers[place].kill();
	const execution = await waitForExecution(api, executionId);

	await t.test('the execution ends, and no other one is started', async () => {
		assert.equal(execution.status, 'error');
		assert.match(execution.error ?? '', /will no longer retry/);
		assert.equal((await listExecutions(api, id)).length, 1);
		const all = (await Promise.all(workers.map((worker) => worker.begun()))).flat();
		assert.deepEqual(all, [executionId]);
	});

	await t.test('no file is sent twice', async () => {
		const jobs = await emulator.jobs();
		assert.ok(jobs.length >= STARTED && jobs.length <= 3, String(jobs.length));
		const names = jobs.flatMap(({ files }) => files.map(({ fileName }) => fileName));
		assert.equal(new Set(names).size, names.length);
	});

	await t.test("the killed worker's log names the jobs that it started", async () => {
		const jobs = new Set((await emulator.jobs()).map((job) => job.id));
		const ids = (await named()).map(([, , jobId]) => jobId);
		assert.ok(ids.length >= STARTED);
		assert.equal(new Set(ids).size, ids.length);
		for (const jobId of ids) assert.ok(jobs.has(jobId), jobId);
	});
}
