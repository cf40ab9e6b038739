import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { importExample, readExample } from '../../../local/n8n/examples.mjs';
import { runWorkflow } from '../../../local/n8n/executions.mjs';
import { setOutcome } from '../support/emulator.mjs';
import { assertSucceeded, type ExampleWorld, itemsOf } from '../support/exampleWorld.mjs';
import { publish } from '../support/publish.mjs';

const GOOD_FILE = `return [{ json: { fileName: 'a.txt', mimeType: 'text/plain', base64: btoa('Fine.') } }];`;

/** The examples that send an email about what failed. */
export async function failureExamples(t: TestContext, world: ExampleWorld): Promise<void> {
	const { api, emulator, load, smtpServer, uploadsDuring, wiring } = world;

	await t.test(
		'failed-files-email: the email names the damaged file and the reason',
		async (mailTest) => {
			const smtp = await smtpServer(mailTest);
			const { id } = await load('failed-files-email.json');
			let jobId: unknown;
			let fileIds: string[] = [];
			const sent = await uploadsDuring(async () => {
				const execution = await runWorkflow(api, id, 'Try It');
				assertSucceeded(execution);
				const [{ json: job }] = itemsOf(execution, 'Run Workflow');
				assert.equal(job.status, 'COMPLETED');
				jobId = job.id;
				fileIds = job.input_file_ids as string[];
			});
			assert.deepEqual(
				sent.map((files) => files.map(({ name, type }) => [name, type])),
				[
					[
						['notes.txt', 'text/plain'],
						['prices.csv', 'text/csv'],
						['broken-scan.pdf', 'application/pdf'],
					],
				],
			);
			const mail = await smtp.nextMail();
			assert.deepEqual(
				[mail.to].flat().map((to) => to?.text),
				['team@example.com'],
			);
			assert.equal(mail.subject, '1 of 3 files could not be processed');
			assert.ok(mail.text?.includes(`\n- ${fileIds[2]}: Invalid PDF structure.\n`), mail.text);
			assert.ok(mail.text?.includes(String(jobId)), mail.text);
			for (const fine of fileIds.slice(0, 2)) assert.ok(!mail.text?.includes(fine), mail.text);
		},
	);

	await t.test('failed-files-email: no email is sent if all files are fine', async (mailTest) => {
		const smtp = await smtpServer(mailTest);
		const example = await readExample('failed-files-email.json');
		const whole = example.nodes.map((node) =>
			node.name === 'Make Sample Files' ? { ...node, parameters: { jsCode: GOOD_FILE } } : node,
		);
		const fine = { ...example, id: `${example.id}-fine`, nodes: whole };
		await importExample(api, fine, wiring);
		const execution = await runWorkflow(api, fine.id, 'Try It');
		assertSucceeded(execution);
		assert.deepEqual(itemsOf(execution, 'Get Failed Files')[0].json, { failed_files: [] });
		assert.deepEqual(Object.keys(execution.runs).at(-1), 'Only If Files Failed');
		assert.equal(smtp.mails.length, 0);
	});

	await t.test('failed-job-message: an email about the failed job is sent', async (own) => {
		const smtp = await smtpServer(own);
		const { id } = await load('failed-job-message.json');
		await publish(api, id);
		const runner = await readExample('run-and-switch.json');
		await runWorkflow(api, runner.id, 'Try It');
		await setOutcome(emulator.url, 'FAILED');
		const failing = await runWorkflow(api, runner.id, 'Try It');
		await setOutcome(emulator.url, 'COMPLETED');
		const [{ json: job }] = itemsOf(failing, 'Run Workflow');
		assert.equal(job.status, 'FAILED');
		const mail = await smtp.nextMail();
		assert.equal(mail.subject, 'Job of Local files to elements failed');
		assert.ok(mail.text?.includes(`Job ${job.id as string} `), mail.text);
		for (const fileId of job.input_file_ids as string[]) {
			assert.ok(mail.text?.includes(`\n- ${fileId}: `), mail.text);
		}
		assert.equal(smtp.mails.length, 1);
		await api.call('POST', `/workflows/${id}/deactivate`, {});
	});
}
