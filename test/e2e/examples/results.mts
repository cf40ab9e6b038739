import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import { readExample } from '../../../local/n8n/examples.mjs';
import { runWorkflow, waitForTriggered } from '../../../local/n8n/executions.mjs';
import { controlEmulator } from '../../support/emulator.mjs';
import { assertSucceeded, type ExampleWorld, itemsOf } from '../support/exampleWorld.mjs';
import { publish } from '../support/publish.mjs';
import { startSftp } from '../support/sftp.mjs';

/** The examples that store the results of jobs. */
export async function resultExamples(t: TestContext, world: ExampleWorld): Promise<void> {
	const { api, createCredential, emulator, load, s3, uploadsDuring, wiring } = world;

	await t.test('invoices-to-table: each invoice becomes a row', async () => {
		const { id } = await load('invoices-to-table.json');
		const sent = await uploadsDuring(async () => {
			const execution = await runWorkflow(api, id, 'Try It');
			assertSucceeded(execution);
			assert.deepEqual(
				itemsOf(execution, 'Add Row').map(({ json }) => [
					json.file,
					json.invoice_number,
					json.supplier,
					json.invoice_date,
					json.total,
				]),
				[
					['bolts.txt', '2026-017', 'Bolt Works', '2026-03-04', 1119.9],
					['pumps.txt', 'P-88', 'Pumps & Co', null, 360],
				],
			);
		});
		assert.equal(sent.length, 1);
		// The table is created once, and keeps its rows.
		assertSucceeded(await runWorkflow(api, id, 'Try It'));
		const { data } = await api.call<{ data: Array<{ name: string }> }>(
			'GET',
			'/data-tables-global',
		);
		assert.deepEqual(
			data.map(({ name }) => name),
			['Invoices'],
		);
	});

	await t.test('results-to-sftp: the elements of two files become a table', async (own) => {
		const sftp = await startSftp();
		own.after(() => sftp.close());
		const { host, port, username, privateKey } = sftp;
		wiring.sftp = await createCredential('sftp', { host, port, username, privateKey });
		const { id } = await load('results-to-sftp.json');
		const execution = await runWorkflow(api, id, 'Try It');
		assertSucceeded(execution);
		const [{ json: job }] = itemsOf(execution, 'Run Workflow');
		const path = join(sftp.files, 'upload', job.id as string, 'elements.csv');
		assert.deepEqual(parseCsv(await readFile(path, 'utf8'), { bom: true }), [
			['file', 'type', 'text'],
			['notes.md', 'Title', 'Meeting'],
			['notes.md', 'NarrativeText', 'The contract was approved.'],
			['notes.md', 'ListItem', 'Work starts in March'],
			['notes.md', 'ListItem', 'Ada writes the plan'],
			['offer.html', 'Title', 'Offer 2026-041'],
			['offer.html', 'NarrativeText', 'Three units, delivered within two weeks.'],
		]);
	});

	await t.test("trigger-store-output: another client's output is stored once", async () => {
		const { id } = await load('trigger-store-output.json');
		await publish(api, id);
		const before = s3.objects.length;
		const runner = await readExample('run-and-switch.json');
		const [{ json: job }] = itemsOf(await runWorkflow(api, runner.id, 'Try It'), 'Completed');
		const stored = await s3.nextObjects(3);
		assertSucceeded(await waitForTriggered(api, id));
		assert.deepEqual(
			stored.map(({ key }) => key).sort(),
			['letter', 'meeting-notes', 'offer'].map((name) => `${job.jobId as string}/${name}.txt.json`),
		);
		for (const { content } of stored) {
			const elements = JSON.parse(content.toString()) as Array<{ text: string }>;
			assert.ok(elements.length > 0 && elements.every(({ text }) => typeof text === 'string'));
		}
		assert.equal(s3.objects.length, before + 3);
		await api.call('POST', `/workflows/${id}/deactivate`, {});
	});

	await t.test('poll-for-new-jobs: each completed job is returned once', async () => {
		const { id } = await load('poll-for-new-jobs.json');
		const control = controlEmulator(emulator.url);
		const newJobs = async () => {
			const execution = await runWorkflow(api, id, 'Try It');
			assertSucceeded(execution);
			return {
				ids: itemsOf(execution, 'Only New Jobs').map(({ json }) => json.id),
				texts: itemsOf(execution, 'Get Output').map(({ json }) => json.text),
				unread: itemsOf(execution, 'Get Output', 1).length,
			};
		};
		const completed = (await control.jobs()).filter(({ status }) => status === 'COMPLETED');
		const first = await newJobs();
		assert.deepEqual(first.ids.sort(), completed.map((job) => job.id).sort());
		assert.deepEqual(await newJobs(), { ids: [], texts: [], unread: 0 });

		const runner = await readExample('run-and-switch.json');
		const [{ json: job }] = itemsOf(await runWorkflow(api, runner.id, 'Try It'), 'Completed');
		const [running] = await control.addJobs({ count: 1, endsIn: { first: 3_600, last: 3_600 } });
		const { ids, texts } = await newJobs();
		assert.deepEqual(ids, [job.jobId]);
		assert.equal(texts.length, 3);

		// A job that was still running when first seen is not lost.
		await control.changeJob(running, { status: 'COMPLETED' });
		assert.deepEqual((await newJobs()).ids, [running]);
	});
}
