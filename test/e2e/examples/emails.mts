import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { type Execution, runWorkflow, waitForTriggered } from '../../../local/n8n/executions.mjs';
import { controlEmulator } from '../../support/emulator.mjs';
import { sentFile, setFault, setOutcome } from '../support/emulator.mjs';
import { assertSucceeded, type ExampleWorld, itemsOf } from '../support/exampleWorld.mjs';
import { ATTACHMENTS, composeMail, SENDER } from '../support/mail.mjs';
import { publish, unpublish } from '../support/publish.mjs';

/** Subject, file, and text of attachments-to-text.json. */
const EMAIL_TEXTS = [
	['Contract 2026-041', 'contract.md', '# Contract 2026-041\n\nThree pumps, delivered by 12 May.'],
	[
		'Contract 2026-041',
		'prices.csv',
		'| article | price |\n| --- | --- |\n| pump | 120 |\n| filter | 8 |',
	],
	['Invoice for March', 'invoice.txt', 'Three pumps: 360 EUR'],
	['Invoice for April', 'invoice.txt', 'Two filters: 16 EUR'],
];

/** The examples that start with the attachments of an email. */
export async function emailExamples(t: TestContext, world: ExampleWorld): Promise<void> {
	const { api, emulator, imapServer, load, s3, smtpServer, uploadsDuring } = world;

	/** The output of a file as the server returns it. */
	const outputOf = async (jobId: string, fileId: string) => {
		const url = `${emulator.url}/api/v1/jobs/${jobId}/download?file_id=${fileId}`;
		const response = await fetch(url, { headers: { 'unstructured-api-key': emulator.key } });
		return Buffer.from(await response.arrayBuffer());
	};

	await t.test('email-attachments: the sender gets a reply about the job', async (mailTest) => {
		const imap = await imapServer(mailTest);
		const smtp = await smtpServer(mailTest);
		const { id } = await load('email-attachments.json');
		const sent = await uploadsDuring(async () => {
			await publish(api, id);
			await imap.deliver(await composeMail({ attachments: [] }));
			assertSucceeded(await waitForTriggered(api, id));
			await imap.deliver(await composeMail({ attachments: ATTACHMENTS }));
			const reply = await smtp.nextMail();
			assert.deepEqual([reply.to].flat()[0]?.value, [SENDER]);
			assert.equal(reply.subject, 'Re: Three documents');
			assert.match(reply.text ?? '', /your 3 file\(s\) have been processed/);
		});
		assert.deepEqual(sent, [
			ATTACHMENTS.map(({ filename, contentType, content }) =>
				sentFile(filename, contentType, content),
			),
		]);

		await setFault(emulator.url, { method: 'POST', path: '/run$', status: 413 });
		await imap.deliver(await composeMail({ attachments: ATTACHMENTS }));
		const apology = await smtp.nextMail();
		assert.deepEqual([apology.to].flat()[0]?.value, [SENDER]);
		assert.match(apology.text ?? '', /could not be processed because of a technical issue/);
		// One reply for each email with files, and none for the email without.
		assert.equal(smtp.mails.length, 2);
		await unpublish(api, id);
	});

	await t.test('attachments-to-text: each text has the subject of its email', async (own) => {
		const imap = await imapServer(own);
		const { id } = await load('attachments-to-text.json');
		const textsOf = (execution: Execution) =>
			itemsOf(execution, 'Subject and Text').map(({ json }) => [
				json.subject,
				json.file,
				json.text,
			]);
		const sent = await uploadsDuring(async () => {
			const execution = await runWorkflow(api, id, 'Try It');
			assertSucceeded(execution);
			assert.deepEqual(textsOf(execution), EMAIL_TEXTS);
			assert.equal(itemsOf(execution, 'Not Processed').length, 0);
		});
		assert.deepEqual(
			sent.map((files) => files.map(({ name }) => name)),
			[['contract.md', 'prices.csv', 'invoice.txt', 'invoice-2.txt']],
		);

		const { outcomes } = controlEmulator(emulator.url);
		await outcomes({ failedFiles: { 3: 'The file is damaged' } });
		const partly = await runWorkflow(api, id, 'Try It');
		assertSucceeded(partly);
		assert.deepEqual(textsOf(partly), EMAIL_TEXTS.slice(0, 3));
		const [failed, ...others] = itemsOf(partly, 'Not Processed').map(({ json }) => json);
		assert.deepEqual(others, []);
		assert.equal(failed.subject, 'Invoice for April');
		assert.match(failed.reason as string, /'invoice\.txt' could not be processed/);

		await publish(api, id);
		await imap.deliver(await composeMail({ attachments: ATTACHMENTS.slice(0, 2) }));
		const triggered = await waitForTriggered(api, id);
		assertSucceeded(triggered);
		assert.deepEqual(
			textsOf(triggered).map(([subject, file]) => [subject, file]),
			ATTACHMENTS.slice(0, 2).map(({ filename }) => ['Three documents', filename]),
		);
		await unpublish(api, id);
	});

	await t.test(
		'email-to-elements-s3: each attachment becomes a JSON file, or an email is sent',
		async (own) => {
			const imap = await imapServer(own);
			const smtp = await smtpServer(own);
			const { id } = await load('email-to-elements-s3.json');
			await publish(api, id);
			await imap.deliver(await composeMail({ attachments: ATTACHMENTS }));
			const stored = await s3.nextObjects(ATTACHMENTS.length);
			const [{ id: jobId, input_file_ids: fileIds }] = await controlEmulator(emulator.url).jobs();
			assert.deepEqual(
				stored.map(({ key }) => key.split('/')[0]),
				ATTACHMENTS.map(() => jobId),
			);
			// The stored files match the server's output byte by byte.
			const outputs = await Promise.all(fileIds!.map((fileId) => outputOf(jobId, fileId)));
			assert.deepEqual(
				stored.map(({ content }) => content).sort((one, other) => one.compare(other)),
				outputs.sort((one, other) => one.compare(other)),
			);

			await setOutcome(emulator.url, 'FAILED');
			await imap.deliver(await composeMail({ attachments: ATTACHMENTS }));
			const failed = await smtp.nextMail();
			assert.equal(failed.subject, 'Not processed: Three documents');
			assert.match(failed.text ?? '', /- From: .*ada@example.org/);
			assert.match(failed.text ?? '', /Job [0-9a-f-]{36} has the status FAILED/);
			await setOutcome(emulator.url, 'COMPLETED');

			await setFault(emulator.url, { method: 'POST', path: '/run$', status: 413 });
			await imap.deliver(await composeMail({ attachments: ATTACHMENTS }));
			assert.match((await smtp.nextMail()).text ?? '', /too large/i);
			assert.equal(smtp.mails.length, 2);
			assert.equal(s3.objects.length, ATTACHMENTS.length);
			await api.call('POST', `/workflows/${id}/deactivate`, {});
		},
	);
}
