import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { readExample, wire } from '../../../local/n8n/examples.mjs';
import { type Execution, runWorkflow, waitForTriggered } from '../../../local/n8n/executions.mjs';
import { requests, sentFile, setOutcome } from '../support/emulator.mjs';
import { assertSucceeded, type ExampleWorld, itemsOf } from '../support/exampleWorld.mjs';
import { publish } from '../support/publish.mjs';

/** The texts of the files of on-demand-template.json. */
const TEXTS = [
	[
		'notes.md',
		'# Meeting\n\nThe contract was approved.\n\n- Work starts in March\n- Ada writes the plan',
	],
	['offer.html', '# Offer 2026-041\n\nThree units, delivered within two weeks.'],
	['prices.csv', '| article | price |\n| --- | --- |\n| pump | 120 |\n| filter | 8 |'],
];

function ran({ runs }: Execution): string[] {
	return Object.keys(runs);
}

function isBranch(node: string): boolean {
	return ['Completed', 'Failed', 'Stopped', 'Other Status', 'Still Running'].includes(node);
}

/** The examples that start a job and branch on its status. */
export async function jobExamples(t: TestContext, world: ExampleWorld): Promise<void> {
	const { api, emulator, load, n8nUrl, uploadsDuring, wiring } = world;

	await t.test('run-and-switch: sample files become one job that branches', async () => {
		const { id } = await load('run-and-switch.json');
		const sent = await uploadsDuring(async () => {
			const execution = await runWorkflow(api, id, 'Try It');
			assertSucceeded(execution);
			const [job] = itemsOf(execution, 'By Status', 0);
			assert.equal(job.json.status, 'COMPLETED');
			const [{ json }] = itemsOf(execution, 'Completed');
			assert.equal(json.jobId, job.json.id);
			assert.match(json.message as string, /^3 file\(s\) are done/);
			assert.deepEqual(ran(execution).filter(isBranch), ['Completed']);
		});
		assert.deepEqual(
			sent.map((files) => files.map(({ name }) => name)),
			[['meeting-notes.txt', 'offer.txt', 'letter.txt']],
		);
	});

	await t.test('run-and-switch: the files of the form become one job', async () => {
		const example = await readExample('run-and-switch.json');
		const { id, nodes } = example;
		// The form trigger is deactivated in the example, because n8n's button would start it instead of 'Try It'.
		const active = nodes.map((node) => ({ ...node, disabled: false }));
		await api.call('PATCH', `/workflows/${id}`, {
			nodes: wire({ ...example, nodes: active }, wiring).nodes,
		});
		await publish(api, id);
		let received: unknown[] = [];
		const form = nodes.find(({ name }) => name === 'Upload Form');
		const body = new FormData();
		body.append('field-0', new Blob(['%PDF-1.4'], { type: 'application/pdf' }), 'offer.pdf');
		body.append('field-0', new Blob(['a,b\n1,2\n'], { type: 'text/csv' }), 'table.csv');
		const sent = await uploadsDuring(async () => {
			const answer = await fetch(`${n8nUrl}/form/${form?.webhookId}`, { method: 'POST', body });
			assert.equal(answer.status, 200);
			const execution = await waitForTriggered(api, id);
			assertSucceeded(execution);
			assert.equal(itemsOf(execution, 'Completed').length, 1);
			const [{ binary }] = itemsOf(execution, 'Upload Form');
			received = Object.values(binary ?? {}).map(({ fileName }) => fileName);
		});
		assert.equal(sent.length, 1);
		assert.deepEqual(
			sent[0].map(({ name }) => name),
			received,
		);
		// n8n returns the files of a form in the order in which it stored them.
		assert.deepEqual(
			sent[0].toSorted((one, other) => one.name.localeCompare(other.name)),
			[
				sentFile('offer.pdf', 'application/pdf', '%PDF-1.4'),
				sentFile('table.csv', 'text/csv', 'a,b\n1,2\n'),
			],
		);
	});

	await t.test(
		'many-files-by-status: 25 items become one job on the output of its status',
		async () => {
			const { id } = await load('many-files-by-status.json');
			const sent = await uploadsDuring(async () => {
				const execution = await runWorkflow(api, id, 'Try It');
				assertSucceeded(execution);
				assert.equal(itemsOf(execution, 'Make Files').length, 25);
				const outputs = [0, 1, 2, 3].map((n) => itemsOf(execution, 'Run Workflow', n).length);
				assert.deepEqual(outputs, [1, 0, 0, 0]);
				assert.equal(itemsOf(execution, 'Completed').length, 1);
			});
			const numbers = Array.from({ length: 25 }, (_, index) => String(index + 1).padStart(2, '0'));
			assert.deepEqual(
				sent.map((files) => files.map(({ name }) => name)),
				[numbers.map((number) => `report-${number}.txt`)],
			);
		},
	);

	await t.test(
		'on-demand-template: one job from a template returns its texts as Markdown',
		async () => {
			const { id } = await load('on-demand-template.json');
			const launches = async () =>
				(await requests(emulator.url)).filter(
					({ method, path }) => method === 'POST' && path === '/api/v1/jobs/',
				);
			const before = (await launches()).length;
			const sent = await uploadsDuring(async () => {
				const execution = await runWorkflow(api, id, 'Try It');
				assertSucceeded(execution);
				assert.equal(itemsOf(execution, 'Run On-Demand')[0].json.status, 'SCHEDULED');
				assert.equal(itemsOf(execution, 'Wait for Completion')[0].json.status, 'COMPLETED');
				const texts = itemsOf(execution, 'Get Output').map(({ json }) => [
					json.file_name,
					json.text,
				]);
				assert.deepEqual(texts, TEXTS);
			});
			assert.deepEqual(
				sent.map((files) => files.map(({ name }) => name)),
				[['notes.md', 'offer.html', 'prices.csv']],
			);
			assert.deepEqual(
				(await launches())
					.slice(before)
					.map(({ fields }) => JSON.parse(fields.request_data) as unknown),
				[{ template_id: 'hi_res_partition' }],
			);
		},
	);

	for (const [outcome, branch, output] of [
		['FAILED', 'Failed', 1],
		['STOPPED', 'Stopped', 2],
	] as const) {
		await t.test(`a job that finishes as ${outcome} takes its own branch`, async () => {
			await setOutcome(emulator.url, outcome);
			const switched = await readExample('run-and-switch.json');
			const split = await readExample('many-files-by-status.json');
			const bySwitch = await runWorkflow(api, switched.id, 'Try It');
			const byOutput = await runWorkflow(api, split.id, 'Try It');
			assertSucceeded(bySwitch);
			assertSucceeded(byOutput);
			assert.equal(itemsOf(bySwitch, 'By Status', output)[0]?.json.status, outcome);
			assert.equal(itemsOf(byOutput, 'Run Workflow', output)[0]?.json.status, outcome);
			for (const execution of [bySwitch, byOutput]) {
				assert.deepEqual(ran(execution).filter(isBranch), [branch]);
			}
		});
	}
	await setOutcome(emulator.url, 'COMPLETED');
}
