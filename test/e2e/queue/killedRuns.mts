import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { emulatorCredential } from '../../../local/n8n/credentials.mjs';
import { waitForExecution } from '../../../local/n8n/executions.mjs';
import { controlEmulator } from '../../support/emulator.mjs';
import { after, makeFile, saveChain, unstructured } from '../support/chain.mjs';
import { listExecutions } from '../support/listExecutions.mjs';
import { publish } from '../support/publish.mjs';
import type { Queue } from '../support/queue.mjs';

const EXECUTIONS = 200;
/** How many uploads have arrived when the worker is killed. */
const MIDDLE = 80;
/** How many executions are started in parallel. */
const BURST = 20;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** One of two workers is killed during 200 executions. */
export async function killedRuns(t: TestContext, { world, workers }: Queue) {
	const { api, n8nUrl } = world;
	const emulator = controlEmulator(world.emulator.url);
	await emulator.options({ jobSeconds: 1 });
	const { key: apiKey, url: apiUrl } = world.emulator;
	const credential = await emulatorCredential(api, { apiKey, apiUrl });

	const alarm = await saveChain(api, 'Alarm', [
		{ name: 'On Error', type: 'n8n-nodes-base.errorTrigger' },
		after,
	]);
	await publish(api, alarm);
	const path = 'documents';
	const receive = {
		name: 'Receive',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		webhookId: crypto.randomUUID(),
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
	};
	const workflowId = "={{ $('Receive').item.json.body.workflowId }}";
	const run = unstructured('Run', credential, {
		resource: 'workflow',
		operation: 'run',
		workflowId: { __rl: true, mode: 'id', value: workflowId },
		waitForCompletion: true,
		options: { pollInterval: 1 },
	});
	// The server must recognize the execution of an upload.
	const file = makeFile('={{ $execution.id }}.txt', 'body.text');
	const nodes = [receive, file, run, after];
	const id = await saveChain(api, 'Upload and wait', nodes, { errorWorkflow: alarm });
	await publish(api, id);

	// A workflow runs one job at a time, so each execution gets its own workflow.
	const workflows = await emulator.addWorkflows(
		Array.from({ length: EXECUTIONS }, (_, n) => ({ name: `Documents ${n + 1}` })),
	);
	const start = async (name: string, to: string) => {
		const response = await fetch(`${n8nUrl}/webhook/${path}`, {
			method: 'POST',
			// A separate connection per request: a busy n8n may just have closed a reused one.
			headers: { 'content-type': 'application/json', connection: 'close' },
			body: JSON.stringify({ workflowId: to, text: `Text for ${name}` }),
		});
		assert.equal(response.status, 200);
	};
	for (let at = 0; at < EXECUTIONS; at += BURST) {
		const burst = workflows.slice(at, at + BURST);
		await Promise.all(burst.map((workflow) => start(workflow.name, workflow.id)));
	}
	while ((await emulator.jobs()).length < MIDDLE) await delay(50);
	await workers[0].kill();
	console.log(`A worker was killed after ${MIDDLE} uploads.`);

	/** Waits until n8n lists a number of finished executions. */
	const untilEnded = async (workflow: string, count: number) => {
		for (let looks = 0; ; looks++) {
			const rows = await listExecutions(api, workflow);
			const ended = rows.filter(({ status }) => !['new', 'running', 'waiting'].includes(status));
			if (ended.length >= count) return ended;
			if (looks % 5 === 0) console.log(`  ${ended.length} of ${count} executions are finished`);
			await delay(2_000);
		}
	};
	const executions = await untilEnded(id, EXECUTIONS);
	const lost = executions.filter(({ status }) => status !== 'success');
	const jobs = await emulator.jobs();
	const jobOf = new Map(jobs.map((job) => [job.files[0].fileName.replace('.txt', ''), job]));
	console.log(`${executions.length - lost.length} succeeded, ${lost.length} were lost.`);

	await t.test('no execution is started twice', async () => {
		assert.equal(executions.length, EXECUTIONS);
		const ours = new Set(executions.map((execution) => execution.id));
		const all = (await Promise.all(workers.map((worker) => worker.begun()))).flat();
		const begun = all.filter((execution) => ours.has(execution));
		assert.equal(new Set(begun).size, begun.length);
		// A worker may die between accepting an execution and starting it.
		assert.ok(begun.length >= EXECUTIONS - lost.length);
	});

	await t.test('each accepted upload belongs to a different execution', async () => {
		const requests = await emulator.requests('POST', /\/run$/);
		assert.equal(requests.length, jobs.length);
		assert.equal(jobOf.size, jobs.length);
		assert.equal(new Set(jobs.map((job) => job.workflow_id)).size, jobs.length);
		const known = new Set(executions.map((execution) => execution.id));
		for (const [execution, { workflow_id: to, files }] of jobOf) {
			assert.ok(known.has(execution), execution);
			const name = workflows.find((workflow) => workflow.id === to)?.name;
			assert.deepEqual(
				files.map((file) => file.sha256),
				[sha256(`Text for ${name}`)],
			);
		}
	});

	await t.test('each successful execution returns its own finished job', async () => {
		const succeeded = executions.filter(({ status }) => status === 'success');
		const ended = await Promise.all(succeeded.map((row) => waitForExecution(api, row.id)));
		for (const { id: execution, runs } of ended) {
			const [item, ...more] = runs.After[0].data?.main[0] ?? [];
			assert.equal(item.json.id, jobOf.get(execution)?.id);
			assert.equal(item.json.status, 'COMPLETED');
			assert.deepEqual(more, []);
		}
	});

	await t.test('each lost execution reports it and starts the error workflow', async () => {
		assert.ok(lost.length > 0);
		const elsewhere = await workers[1].begun();
		for (const { id: execution } of lost) {
			const { status, error } = await waitForExecution(api, execution);
			assert.equal(status, 'error');
			// n8n's message about a worker that stopped responding.
			assert.match(error ?? '', /will no longer retry/);
			assert.ok(!elsewhere.includes(execution), execution);
		}
		const alarms = await untilEnded(alarm, lost.length);
		const told = alarms.map(async (row) => {
			const { runs } = await waitForExecution(api, row.id);
			const item = runs['On Error'][0].data?.main[0]?.[0].json as { execution: { id: string } };
			return item.execution.id;
		});
		assert.deepEqual((await Promise.all(told)).sort(), lost.map((row) => row.id).sort());
	});

	await t.test('the job of a lost execution is still running and can be found', () => {
		for (const { id: execution } of lost) {
			const job = jobOf.get(execution);
			if (job) assert.equal(job.status, 'COMPLETED');
		}
		assert.ok(lost.some((row) => jobOf.has(row.id)));
	});
}
