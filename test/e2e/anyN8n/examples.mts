import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse as parseCsv } from 'csv-parse/sync';
import {
	type CredentialReference,
	emulatorCredential,
	openAiCredential,
	s3Credential,
	smtpCredential,
} from '../../../local/n8n/credentials.mjs';
import {
	type Example,
	exampleFiles,
	importExample,
	readExample,
	wire,
	type Wiring,
} from '../../../local/n8n/examples.mjs';
import { type Execution, runWorkflow, waitForTriggered } from '../../../local/n8n/executions.mjs';
import { type SeenRequest, startOpenAi } from '../../../local/openai/server.mjs';
import { controlEmulator } from '../../support/emulator.mjs';
import { type ImapServer, startDovecot } from '../support/dovecot.mjs';
import { requests, sentFile, setFault, setOutcome, uploads } from '../support/emulator.mjs';
import { ATTACHMENTS, composeMail, SENDER } from '../support/mail.mjs';
import { startObjectStore } from '../support/objectStore.mjs';
import { publish, unpublish } from '../support/publish.mjs';
import { startSftp } from '../support/sftp.mjs';
import { startSmtp } from '../support/smtp.mjs';
import { commonWorld } from '../support/commonWorld.mjs';

/** The items of one output of a node, or none when it did not run. */
function itemsOf({ runs }: Execution, node: string, output = 0) {
	return runs[node]?.[0]?.data?.main?.[output] ?? [];
}

function ran({ runs }: Execution): string[] {
	return Object.keys(runs);
}

function isBranch(node: string): boolean {
	return ['Completed', 'Failed', 'Stopped', 'Other Status', 'Still Running'].includes(node);
}

/** The texts of the files of on-demand-template.json. */
const TEXTS = [
	[
		'notes.md',
		'# Meeting\n\nThe contract was approved.\n\n- Work starts in March\n- Ada writes the plan',
	],
	['offer.html', '# Offer 2026-041\n\nThree units, delivered within two weeks.'],
	['prices.csv', '| article | price |\n| --- | --- |\n| pump | 120 |\n| filter | 8 |'],
];

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

/** A result of n8n's vector stores. */
interface VectorDocument {
	pageContent: string;
	metadata: { file_name: string; page_number?: number };
}

const GOOD_FILE = `return [{ json: { fileName: 'a.txt', mimeType: 'text/plain', base64: btoa('Fine.') } }];`;

function assertSucceeded(execution: Execution): void {
	assert.equal(execution.status, 'success', execution.error);
}

await test('the examples in a real n8n', async (t) => {
	const world = await commonWorld();
	t.after(world.close);
	const { api, emulator, n8nUrl } = world;
	const wiring: Wiring = {
		unstructuredApi: await emulatorCredential(api, {
			apiKey: emulator.key,
			apiUrl: emulator.url,
		}),
	};
	const tested = new Set<string>();

	const createCredential = (type: string, data: object) =>
		api.call<CredentialReference>('POST', '/credentials', { name: type, type, data });
	const imapCredential = ({ user, password, host, port }: ImapServer) =>
		createCredential('imap', { user, password, host, port, secure: false });
	const s3 = await startObjectStore();
	t.after(() => s3.close());
	wiring.s3 = await s3Credential(api, s3);

	/** The output of a file as the server returns it. */
	const outputOf = async (jobId: string, fileId: string) => {
		const url = `${emulator.url}/api/v1/jobs/${jobId}/download?file_id=${fileId}`;
		const response = await fetch(url, { headers: { 'unstructured-api-key': emulator.key } });
		return Buffer.from(await response.arrayBuffer());
	};

	const load = async (file: string): Promise<Example> => {
		const example = await readExample(file);
		assert.equal(await importExample(api, example, wiring), true);
		tested.add(file);
		return example;
	};

	/** The requests that the emulator received during an action. */
	const uploadsDuring = async (work: () => Promise<void>) => {
		const before = (await uploads(emulator.url)).length;
		await work();
		return (await uploads(emulator.url)).slice(before);
	};

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

	await t.test('email-attachments: the sender gets a reply about the job', async (mailTest) => {
		const imap = await startDovecot();
		mailTest.after(() => imap.close());
		const smtp = await startSmtp();
		mailTest.after(() => smtp.close());
		wiring.imap = await imapCredential(imap);
		wiring.smtp = await smtpCredential(api, smtp);
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

	await t.test('pdf-to-vector-store: a question finds its element', async (storeTest) => {
		const openAi = await startOpenAi();
		storeTest.after(() => openAi.close());
		wiring.openAiApi = await openAiCredential(api, openAi);
		const { id } = await load('pdf-to-vector-store.json');
		// The second run must not find the elements of the first run too.
		for (let run = 0; run < 2; run++) {
			const execution = await runWorkflow(api, id, 'Try It');
			assertSucceeded(execution);
			const elements = itemsOf(execution, 'Get Elements').map(({ json }) => json);
			assert.equal(elements.length, 5);
			const [best, second, ...more] = itemsOf(execution, 'Find the Answer').map(({ json }) => json);
			const source = elements[1];
			assert.deepEqual(best.document, {
				pageContent: 'The warranty of the pump lasts three years from the day of delivery.',
				metadata: {
					source: 'blob',
					blobType: 'text/plain',
					loc: { lines: { from: 1, to: 1 } },
					file_name: source.file_name,
					page_number: 1,
					type: 'NarrativeText',
					element_id: source.element_id,
				},
			});
			assert.equal(source.file_name, 'handbook.pdf');
			assert.notDeepEqual(second.document, best.document);
			assert.equal(more.length, 0);
		}
		const response = await fetch(`${openAi.url}/_openai/requests`);
		const seen = (await response.json()) as SeenRequest[];
		const inputs = seen.map(({ body }) => [(body as { input: string | string[] }).input].flat());
		assert.deepEqual(
			inputs.map(({ length }) => length),
			[5, 1, 5, 1],
		);
		assert.equal(inputs[1][0], 'How long does the warranty last?');
	});

	await t.test('attachments-to-text: each text has the subject of its email', async (own) => {
		const imap = await startDovecot();
		own.after(() => imap.close());
		wiring.imap = await imapCredential(imap);
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

	await t.test(
		'folder-to-vector-store: only new files are stored, with a document per chunk',
		async (own) => {
			const openAi = await startOpenAi();
			own.after(() => openAi.close());
			wiring.openAiApi = await openAiCredential(api, openAi);
			// A separate store, because its folder is read and must not contain the output of another example.
			const folder = await startObjectStore();
			wiring.s3 = await s3Credential(api, folder);
			own.after(async () => {
				// All examples share one credential, so it must point to the shared store again.
				wiring.s3 = await s3Credential(api, s3);
				await folder.close();
			});
			const { id } = await load('folder-to-vector-store.json');
			/** The stored documents of the vector store. */
			const run = async () => {
				const execution = await runWorkflow(api, id, 'Try It');
				assertSucceeded(execution);
				const chunks = itemsOf(execution, 'Get Chunks').map(({ json }) => json.text as string);
				const stored = itemsOf(execution, 'Store Chunks').map(({ json }) => {
					const { pageContent, metadata } = json as unknown as VectorDocument;
					return { text: pageContent, file: metadata.file_name, page: metadata.page_number };
				});
				assert.deepEqual(
					stored.map(({ text }) => text),
					chunks,
				);
				return stored;
			};
			const [first, second, ...more] = await run();
			assert.deepEqual(more, []);
			assert.ok(first.text.length >= 2_500 && first.text.length <= 3_000, `${first.text.length}`);
			assert.deepEqual([first.file, first.page], ['handbook.pdf', 1]);
			assert.deepEqual([second.file, second.page], ['handbook.pdf', 2]);

			const long = 'word '.repeat(500).trimEnd().concat('.');
			assert.equal(long.length, 2_500);
			await folder.put('inbox/long.txt', long);
			assert.deepEqual(
				(await run()).map(({ text, file }) => [text, file]),
				[[long, 'long.txt']],
			);
			assert.deepEqual(await run(), []);
			const response = await fetch(`${openAi.url}/_openai/requests`);
			const seen = (await response.json()) as SeenRequest[];
			const embedded = seen.flatMap(({ body }) => (body as { input: string | string[] }).input);
			// n8n's node writes line breaks as spaces for the model.
			const texts = [first.text, second.text, long];
			assert.deepEqual(
				embedded,
				texts.map((text) => text.replaceAll('\n', ' ')),
			);
		},
	);

	await t.test('agent-reads-document: the agent answers with the text', async (agentTest) => {
		const openAi = await startOpenAi();
		agentTest.after(() => openAi.close());
		wiring.openAiApi = await openAiCredential(api, openAi);
		const { id } = await load('agent-reads-document.json');
		const sent = await uploadsDuring(async () => {
			const execution = await runWorkflow(api, id, 'Try It');
			assertSucceeded(execution);
			const [{ json }] = itemsOf(execution, 'AI Agent');
			assert.match(json.output as string, /will be delivered on 12 May, a week later than agreed/);
		});
		assert.deepEqual(
			sent.map((files) => files.map(({ name }) => name)),
			[['letter.html']],
		);
	});

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

	await t.test(
		'failed-files-email: the email names the damaged file and the reason',
		async (mailTest) => {
			const smtp = await startSmtp();
			mailTest.after(() => smtp.close());
			wiring.smtp = await smtpCredential(api, smtp);
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
		const smtp = await startSmtp();
		mailTest.after(() => smtp.close());
		await smtpCredential(api, smtp);
		const example = await readExample('failed-files-email.json');
		const whole = example.nodes.map((node) =>
			node.name === 'Make Sample Files' ? { ...node, parameters: { jsCode: GOOD_FILE } } : node,
		);
		const fine = { ...example, id: `${example.id}-fine`, nodes: whole };
		await importExample(api, fine, wiring);
		const execution = await runWorkflow(api, fine.id, 'Try It');
		assertSucceeded(execution);
		assert.deepEqual(itemsOf(execution, 'Get Failed Files')[0].json, { failed_files: [] });
		assert.deepEqual(ran(execution).at(-1), 'Only If Files Failed');
		assert.equal(smtp.mails.length, 0);
	});

	await t.test(
		'email-to-elements-s3: each attachment becomes a JSON file, or an email is sent',
		async (own) => {
			const imap = await startDovecot();
			own.after(() => imap.close());
			const smtp = await startSmtp();
			own.after(() => smtp.close());
			wiring.imap = await imapCredential(imap);
			wiring.smtp = await smtpCredential(api, smtp);
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

	await t.test('failed-job-message: an email about the failed job is sent', async (own) => {
		const smtp = await startSmtp();
		own.after(() => smtp.close());
		await smtpCredential(api, smtp);
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

	await t.test('every example is tested', async () => {
		assert.deepEqual([...tested].sort(), (await exampleFiles()).sort());
	});
});
