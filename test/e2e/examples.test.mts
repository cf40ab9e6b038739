import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CredentialReference, emulatorCredential } from '../../local/n8n/credentials.mjs';
import {
	type Example,
	exampleFiles,
	importExample,
	readExample,
	type Wiring,
} from '../../local/n8n/examples.mjs';
import { type Execution, runWorkflow, waitForTriggered } from '../../local/n8n/executions.mjs';
import { startDovecot } from './support/dovecot.mjs';
import { sentFile, setFault, setOutcome, uploads } from './support/emulator.mjs';
import { ATTACHMENTS, composeMail, SENDER } from './support/mail.mjs';
import { publish } from './support/publish.mjs';
import { startSmtp } from './support/smtp.mjs';
import { openWorld } from './support/world.mjs';

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

function assertSucceeded(execution: Execution): void {
	assert.equal(execution.status, 'success', execution.error);
}

await test('the examples in a real n8n', async (t) => {
	const world = await openWorld();
	t.after(world.close);
	const { api, emulator, n8nUrl } = world;
	const wiring: Wiring = {
		unstructuredApi: await emulatorCredential(api, {
			apiKey: emulator.key,
			apiUrl: emulator.url,
		}),
	};
	const tested = new Set<string>();

	const load = async (file: string): Promise<Example> => {
		const example = await readExample(file);
		assert.equal(await importExample(api, example, wiring), true);
		tested.add(file);
		return example;
	};

	/** What the emulator was sent while something was done. */
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
		const { id, nodes } = await readExample('run-and-switch.json');
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
		// n8n gives the files of a form in the order in which it has stored them.
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
		const create = (type: string, data: object) =>
			api.call<CredentialReference>('POST', '/credentials', { name: type, type, data });
		wiring.imap = await create('imap', {
			user: imap.user,
			password: imap.password,
			host: imap.host,
			port: imap.port,
			secure: false,
		});
		wiring.smtp = await create('smtp', {
			host: smtp.host,
			port: smtp.port,
			secure: false,
			disableStartTls: true,
		});
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
		assert.match(apology.text ?? '', /something went wrong/);
		// One reply for each mail with files, and none for the mail without.
		assert.equal(smtp.mails.length, 2);
		await api.call('POST', `/workflows/${id}/deactivate`, {});
	});

	await t.test('many-files-by-status: 25 items, one job, the branch of its outcome', async () => {
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
	});

	for (const [outcome, branch, output] of [
		['FAILED', 'Failed', 1],
		['STOPPED', 'Stopped', 2],
	] as const) {
		await t.test(`a job that ends ${outcome} leaves by its own branch`, async () => {
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

	await t.test('no example is left out', async () => {
		assert.deepEqual([...tested].sort(), (await exampleFiles()).sort());
	});
});
