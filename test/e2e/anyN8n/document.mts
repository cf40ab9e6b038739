import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { INode } from 'n8n-workflow';
import { emulatorCredential } from '../../../local/n8n/credentials.mjs';
import { type Execution, runWorkflow } from '../../../local/n8n/executions.mjs';
import { controlEmulator } from '../../support/emulator.mjs';
import {
	makeFile,
	manualTrigger,
	saveChain,
	unstructured,
	withSubject,
} from '../support/chain.mjs';
import { uploads } from '../support/emulator.mjs';
import { commonWorld } from '../support/commonWorld.mjs';

/** An email and its attachment. */
interface Email {
	subject: string;
	fileName: string;
	text: string;
}

const email = (number: number, fileName: string): Email => ({
	subject: `Email ${number}`,
	fileName,
	text: `Text ${number}.`,
});

const source = (jsCode: string) => ({
	name: 'Source',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	parameters: { jsCode },
});

const jsonOf = ({ runs }: Execution, node: string) =>
	(runs[node]?.[0]?.data?.main[0] ?? []).map(({ json }) => json);

for (const [mode, storedAs] of [
	['filesystem', /^filesystem-v2:/],
	['database', /^database:/],
] as const) {
	await test(`Document in a real n8n, with files in ${mode} mode`, async (t) => {
		const world = await commonWorld(mode);
		t.after(world.close);
		const { api } = world;
		const { key: apiKey, url: apiUrl } = world.emulator;
		const emulator = controlEmulator(apiUrl);
		await emulator.options({ jobSeconds: 1 });
		const credential = await emulatorCredential(api, { apiKey, apiUrl });

		/** Runs the node on emails, and returns the execution and the file names of each job. */
		const run = async (
			given: Email[] | string,
			parameters: INode['parameters'],
			settings: Partial<INode> = {},
		) => {
			const code =
				typeof given === 'string'
					? given
					: `return ${JSON.stringify(given.map((json) => ({ json })))};`;
			const document = {
				...unstructured('Document', credential, {
					resource: 'document',
					options: { pollInterval: 1 },
					...parameters,
				}),
				...settings,
			};
			const files = typeof given === 'string' ? [] : [makeFile()];
			const nodes = [manualTrigger, source(code), ...files, document, withSubject('Source')];
			const before = (await uploads(apiUrl)).length;
			const id = await saveChain(api, 'Document', nodes, { executionOrder: 'v1' });
			const execution = await runWorkflow(api, id, 'Start');
			const sent = (await uploads(apiUrl)).slice(before);
			const withFiles = files.length > 0 ? 'Make File' : 'Source';
			for (const { binary } of execution.runs[withFiles]?.[0]?.data?.main[0] ?? []) {
				for (const { id } of Object.values(binary ?? {})) assert.match(id ?? '', storedAs);
			}
			return { execution, jobs: sent.map((job) => job.map(({ name }) => name)) };
		};

		const textsOf = (execution: Execution) => {
			assert.equal(execution.status, 'success', execution.error);
			return jsonOf(execution, 'With Subject').map((json) => [
				json.subject,
				json.file_name,
				json.text,
			]);
		};
		const expected = (emails: Email[]) =>
			emails.map(({ subject, fileName, text }) => [subject, fileName, text]);

		await t.test(
			'returns three texts of one job for three files, two with the same name',
			async () => {
				const emails = ['report.txt', 'report.txt', 'other.txt'].map((name, at) => email(at, name));
				const { execution, jobs } = await run(emails, { operation: 'parse' });
				assert.deepEqual(jobs, [['report.txt', 'report-2.txt', 'other.txt']]);
				assert.deepEqual(textsOf(execution), expected(emails));
			},
		);

		await t.test('starts three jobs for 25 files, every third with the same name', async () => {
			const emails = Array.from({ length: 25 }, (_, at) =>
				email(at, at % 3 === 0 ? 'scan.txt' : `page-${at}.txt`),
			);
			const { execution, jobs } = await run(emails, { operation: 'parse' });
			assert.deepEqual(
				jobs.map(({ length }) => length),
				[10, 10, 5],
			);
			assert.deepEqual(textsOf(execution), expected(emails));
		});

		await t.test('links each file of an item with several files to its item', async () => {
			const emails = [1, 2, 3].map((number) => email(number, 'notes.txt'));
			const code = `const file = async (text, name) =>
				await this.helpers.prepareBinaryData(Buffer.from(text), name, 'text/plain');
			const emails = ${JSON.stringify(emails)}.map(async ({ subject, fileName, text }) => ({
				json: { subject },
				binary: { one: await file(text, fileName), two: await file('More: ' + text, fileName) },
			}));
			return await Promise.all(emails);`;
			const { execution, jobs } = await run(code, { operation: 'parse', binaryPropertyName: '*' });
			assert.deepEqual(
				jobs.map(({ length }) => length),
				[6],
			);
			assert.deepEqual(
				textsOf(execution),
				expected(emails.flatMap((one) => [one, { ...one, text: `More: ${one.text}` }])),
			);
		});

		await t.test("fails only one of five files with 'On Error' set to 'Continue'", async () => {
			const emails = [1, 2, 3, 4, 5].map((number) => email(number, 'notes.txt'));
			await emulator.outcomes({ failedFiles: { 2: 'The file is damaged' } });
			const { execution } = await run(
				emails,
				{ operation: 'parse' },
				{ onError: 'continueRegularOutput' },
			);
			assert.equal(execution.status, 'success', execution.error);
			const items = jsonOf(execution, 'With Subject');
			assert.deepEqual(
				items.map(({ subject, text }) => [subject, text]),
				emails.map(({ subject, text }, at) => [subject, at === 2 ? undefined : text]),
			);
			assert.match(items[2].error as string, /'notes\.txt' could not be processed/);
		});

		await t.test('fails the execution with the file and the job otherwise', async () => {
			await emulator.outcomes({ failedFiles: { 1: 'The file is damaged' } });
			const { execution } = await run([email(1, 'good.txt'), email(2, 'bad.txt')], {
				operation: 'parse',
			});
			assert.equal(execution.status, 'error');
			assert.match(execution.error ?? '', /'bad\.txt' could not be processed/);
			const [{ id }] = await emulator.jobs();
			const { error } = execution.runs.Document[0];
			const { description } = error as unknown as { description: string };
			assert.match(description, /The file is damaged/);
			assert.ok(description.includes(id), description);
		});

		await t.test('Extract returns the data of each file with its item', async () => {
			const emails = [email(1, 'invoice.txt'), email(2, 'invoice.txt')].map((one, at) => ({
				...one,
				text: `Invoice number: R-${at}\n\nTotal: ${at + 1}0.5 EUR`,
			}));
			const { execution, jobs } = await run(emails, {
				operation: 'extract',
				schemaType: 'fromJson',
				jsonSchemaExample: '{ "invoice_number": "A", "total": 1.5, "due": "2026-01-01" }',
			});
			assert.equal(jobs.length, 1);
			assert.equal(execution.status, 'success', execution.error);
			assert.deepEqual(
				jsonOf(execution, 'With Subject').map(({ subject, data }) => [subject, data]),
				[
					['Email 1', { invoice_number: 'R-0', total: 10.5, due: null }],
					['Email 2', { invoice_number: 'R-1', total: 20.5, due: null }],
				],
			);
		});
	});
}
