import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import { type CredentialReference, emulatorCredential } from '../../local/n8n/credentials.mjs';
import { type Example, readExample, wire } from '../../local/n8n/examples.mjs';
import {
	type Execution,
	runWorkflow,
	startWorkflow,
	waitForExecution,
	waitForTriggered,
} from '../../local/n8n/executions.mjs';
import type { N8nApi } from '../../local/n8n/rest.mjs';
import { OLDER } from '../../local/n8n/versions.mjs';
import { controlEmulator } from '../support/emulator.mjs';
import {
	after,
	items,
	makeFile,
	manualTrigger,
	saveChain,
	unstructured,
	withSubject,
} from './support/chain.mjs';
import { testCredential } from './support/credentialTest.mjs';
import { requests, sentFile, uploads } from './support/emulator.mjs';
import { jobWorkflow } from './support/jobWorkflow.mjs';
import { nodeTypes } from './support/nodeTypes.mjs';
import { publish, unpublish } from './support/publish.mjs';
import { shippedTypes } from './support/pack.mjs';
import { openWorld } from './support/world.mjs';

/** Longer than a test, so no job finishes by itself. */
const LATER = { first: 3_600, last: 3_600 };

/** The number of jobs that were started. A request too soon after the job of another execution is rejected and sent again. */
async function countOnDemandJobs(emulatorUrl: string): Promise<number> {
	const seen = await requests(emulatorUrl);
	return seen.filter(
		({ method, path, status }) => method === 'POST' && path.endsWith('/jobs/') && status === 200,
	).length;
}

function jsonOf({ runs }: Execution, node: string, output = 0) {
	return (runs[node]?.[0]?.data?.main?.[output] ?? []).map(({ json }) => json);
}

/** Saves a workflow with one credential, and returns the ID that n8n assigns, because n8n 1 rejects a given ID. */
async function save(api: N8nApi, example: Example, unstructuredApi: CredentialReference) {
	const { name, nodes, connections, settings } = wire(example, { unstructuredApi });
	const workflow = { name, nodes, connections, settings, active: false };
	return (await api.call<{ id: string }>('POST', '/workflows', workflow)).id;
}

for (const release of OLDER) {
	await test(`the packed package in n8n ${release.n8n} on Node.js ${release.node}`, async (t) => {
		const world = await openWorld({}, release);
		t.after(world.close);
		const { api } = world;
		const emulator = controlEmulator(world.emulator.url);
		const good = { apiKey: world.emulator.key, apiUrl: world.emulator.url };
		const wrong = { ...good, apiKey: `${good.apiKey}-of-somebody-else` };
		const credential = await emulatorCredential(api, good);

		await t.test('n8n loads its node types', async () => {
			assert.equal(api.version, release.n8n);
			const { nodes } = await shippedTypes();
			const nodeInfos = nodes.map((name) => ({ name, version: 1 }));
			const known = await api.call<Array<{ name: string }>>('POST', '/node-types', { nodeInfos });
			assert.deepEqual(
				known.map(({ name }) => name.replace(/^(?!n8n-)/, 'n8n-nodes-unstructured.')),
				nodes,
			);
		});

		await t.test('n8n derives a tool from the node without any setting', async () => {
			const names = (await nodeTypes(world)).map(({ name }) => name);
			assert.ok(names.includes('n8n-nodes-unstructured.unstructuredTool'));
		});

		await t.test('the credential test distinguishes a right key from a wrong one', async () => {
			const right = await testCredential(api, good);
			assert.equal(right.status, 'OK', right.message);
			const { status, message } = await testCredential(api, wrong);
			assert.equal(status, 'Error');
			assert.match(message, /did not recognize this API key/);
		});

		await t.test('Run sends 25 files unchanged and splits by status', async () => {
			const example = await readExample('many-files-by-status.json');
			const id = await save(api, example, credential);
			const execution = await runWorkflow(api, id, 'Try It');
			assert.equal(execution.status, 'success', execution.error);
			const texts = jsonOf(execution, 'Make Texts');
			assert.equal(texts.length, 25);
			assert.deepEqual(await uploads(world.emulator.url), [
				texts.map(({ fileName, text }) =>
					sentFile(fileName as string, 'text/plain', text as string),
				),
			]);
			const outputs = [0, 1, 2, 3].map((output) => jsonOf(execution, 'Run Workflow', output));
			assert.deepEqual(
				outputs.map((jobs) => jobs.map(({ status }) => status)),
				[['COMPLETED'], [], [], []],
			);
		});

		await t.test('every job operation returns its result', async () => {
			const id = await save(api, jobWorkflow('separate'), credential);
			const execution = await runWorkflow(api, id, 'Try It');
			assert.equal(execution.status, 'success', execution.error);
			assert.equal(jsonOf(execution, 'Wait')[0].status, 'COMPLETED');
			assert.deepEqual(
				jsonOf(execution, 'Output: elements').map(({ type, text }) => [type, text]),
				[
					['NarrativeText', 'One.'],
					['NarrativeText', 'Two.'],
					['Title', 'Three'],
				],
			);
			assert.deepEqual(
				jsonOf(execution, 'Output: text').map(({ text }) => text),
				['One.\n\nTwo.', '# Three'],
			);
			const sentBack = (await uploads(world.emulator.url)).at(-1) ?? [];
			assert.deepEqual(
				sentBack.map(({ name, type }) => [name, type]),
				[
					['one.txt.json', 'application/json'],
					['three.md.json', 'application/json'],
				],
			);
			assert.equal(jsonOf(execution, 'Cancel')[0].id, jsonOf(execution, 'Send Back')[0].id);
		});

		await t.test('Document returns the text and the data of each file with its item', async () => {
			const emails = ['report.txt', 'report.txt', 'other.txt'].map((fileName, at) => ({
				subject: `Email ${at}`,
				fileName,
				text: `Invoice number: R-${at}`,
			}));
			const run = async (parameters: INode['parameters']) => {
				const id = await saveChain(api, 'Document', [
					manualTrigger,
					items(...emails),
					makeFile(),
					unstructured('Document', credential, {
						resource: 'document',
						options: { pollInterval: 1 },
						...parameters,
					}),
					withSubject('Items'),
				]);
				const jobs = await countOnDemandJobs(world.emulator.url);
				const execution = await runWorkflow(api, id, 'Start');
				assert.equal(execution.status, 'success', execution.error);
				assert.equal(await countOnDemandJobs(world.emulator.url), jobs + 1);
				return jsonOf(execution, 'With Subject');
			};
			const parsed = await run({ operation: 'parse' });
			assert.deepEqual(
				parsed.map(({ subject, file_name, text }) => ({ subject, fileName: file_name, text })),
				emails,
			);
			const extracted = await run({
				operation: 'extract',
				schemaType: 'fromAttributes',
				attributes: { attributes: [{ name: 'invoice_number', type: 'string' }] },
			});
			assert.deepEqual(
				extracted.map(({ subject, data }) => [subject, data]),
				emails.map(({ subject }, at) => [subject, { invoice_number: `R-${at}` }]),
			);
		});

		await t.test('a wrong key is reported immediately, without an upload', async () => {
			const before = (await uploads(world.emulator.url)).length;
			const refused = await api.call<CredentialReference>('POST', '/credentials', {
				name: 'Wrong key',
				type: 'unstructuredApi',
				data: wrong,
			});
			for (const workflow of [
				await readExample('many-files-by-status.json'),
				jobWorkflow('separate'),
			]) {
				const id = await save(api, workflow, refused);
				const started = Date.now();
				const { status, error } = await runWorkflow(api, id, 'Try It');
				assert.equal(status, 'error');
				assert.match(error ?? '', /API key/);
				assert.ok(Date.now() - started < 30_000);
			}
			assert.equal((await uploads(world.emulator.url)).length, before);
		});

		await t.test('the trigger starts one execution per event while it is active', async () => {
			const id = await saveChain(api, 'On job event', [
				{
					name: 'On Job Event',
					type: 'n8n-nodes-unstructured.unstructuredTrigger',
					webhookId: crypto.randomUUID(),
					parameters: { scope: 'workspace', events: ['job.completed'] },
					credentials: { unstructuredApi: credential },
				},
				after,
			]);
			await publish(api, id);
			assert.equal((await emulator.channels()).length, 1);
			const [jobId] = await emulator.addJobs({ count: 1, endsIn: { first: 1, last: 1 } });
			const [item, ...others] = jsonOf(await waitForTriggered(api, id), 'After');
			assert.deepEqual(others, []);
			assert.equal(item.id, jobId);
			assert.equal(item.status, 'COMPLETED');
			const [{ id: channelId }] = await emulator.channels();
			const [forged] = await emulator.deliver({ channelId, jobIds: [jobId], forged: true });
			assert.equal(forged.attempts[0].status, 401);
			await unpublish(api, id);
			while ((await emulator.channels()).length > 0) await delay(100);
			const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
			const { results } = await api.call<{ results: object[] }>(
				'GET',
				`/executions?filter=${filter}`,
			);
			assert.equal(results.length, 1);
		});

		await t.test('waiting by webhook ends when the job finishes', async () => {
			const [jobId] = await emulator.addJobs({ count: 1, endsIn: LATER });
			const id = await saveChain(api, 'Wait by webhook', [
				manualTrigger,
				items({ id: jobId }),
				unstructured('Wait', credential, {
					resource: 'job',
					operation: 'wait',
					options: { waitVia: 'webhook' },
				}),
				after,
			]);
			const executionId = await startWorkflow(api, id, 'Start');
			const statusOf = async () =>
				(await api.call<{ status: string }>('GET', `/executions/${executionId}`)).status;
			while ((await statusOf()) !== 'waiting') {
				assert.match(await statusOf(), /new|running|waiting/);
				await delay(100);
			}
			await emulator.changeJob(jobId, { status: 'COMPLETED' });
			const execution = await waitForExecution(api, executionId);
			assert.deepEqual(
				jsonOf(execution, 'After').map((job) => [job.id, job.status]),
				[[jobId, 'COMPLETED']],
			);
		});
	});
}
