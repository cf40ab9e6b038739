import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IBinaryData, IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { emulatorCredential } from '../../../local/n8n/credentials.mjs';
import { importExample, readExample } from '../../../local/n8n/examples.mjs';
import { runWorkflow } from '../../../local/n8n/executions.mjs';
import { sentFile, uploads } from '../support/emulator.mjs';
import { jobWorkflow } from '../support/jobWorkflow.mjs';
import { commonWorld } from '../support/commonWorld.mjs';

/** Where n8n keeps the files, as the ID of a stored file shows. */
const MODES = [
	{ mode: 'database', layout: 'separate', id: /^database:/ },
	{ mode: 'default', layout: 'separate', id: undefined },
	{ mode: 'filesystem', layout: 'combined', id: /^filesystem-v2:/ },
] as const;

for (const { mode, layout, id: storedAs } of MODES) {
	await test(`files in ${mode} mode and ${layout} layout`, async (t) => {
		const world = await commonWorld(mode);
		t.after(world.close);
		const { api, emulator } = world;
		const unstructuredApi = await emulatorCredential(api, {
			apiKey: emulator.key,
			apiUrl: emulator.url,
		});
		const filesOf = ({ json, binary }: INodeExecutionData) =>
			Object.values((layout === 'combined' ? json._files : binary) as IBinaryKeyData);
		const assertStored = (files: IBinaryData[]) => {
			for (const { id } of files) {
				if (storedAs) assert.match(id ?? '', storedAs);
				else assert.equal(id, undefined);
			}
		};

		const example = await readExample('many-files-by-status.json');
		const settings = { ...example.settings, binaryMode: layout };
		const id = `files in ${mode} mode`;
		await importExample(api, { ...example, id, settings }, { unstructuredApi });

		const execution = await runWorkflow(api, id, 'Try It');
		assert.equal(execution.status, 'success', execution.error);
		const items = execution.runs['Make Files'][0].data?.main[0] ?? [];
		assertStored(items.flatMap(filesOf));

		const texts = execution.runs['Make Texts'][0].data?.main[0] ?? [];
		const [files] = await uploads(emulator.url);
		assert.deepEqual(
			files,
			texts.map(({ json }) => sentFile(json.fileName as string, 'text/plain', json.text as string)),
		);

		await t.test('every job operation returns its result', async () => {
			const workflow = jobWorkflow(layout);
			await importExample(api, workflow, { unstructuredApi });
			const run = await runWorkflow(api, workflow.id, 'Try It');
			assert.equal(run.status, 'success', run.error);
			const itemsOf = (node: string) => run.runs[node][0].data?.main[0] ?? [];
			const jsonOf = (node: string) => itemsOf(node).map(({ json }) => json);
			assertStored(itemsOf('Make Several Files').flatMap(filesOf));
			assert.deepEqual(
				jsonOf('Parse').map(({ text, file_name, input }) => [
					text,
					file_name,
					(input as IDataObject).subject,
				]),
				['A 1', 'A 2', 'B 1', 'B 2'].map((text) => [text, 'notes.txt', text[0]]),
			);
			const [job] = jsonOf('Run');
			const fileIds = job.input_file_ids as string[];
			assert.equal(jsonOf('Wait')[0].status, 'COMPLETED');
			assert.deepEqual(jsonOf('Get'), jsonOf('Wait'));
			assert.equal(jsonOf('Details')[0].processing_status, 'SUCCESS');
			assert.deepEqual(jsonOf('Failed Files'), [{ failed_files: [] }]);
			assert.ok(jsonOf('Many').some(({ id }) => id === job.id));
			assert.deepEqual(
				jsonOf('Output: elements').map(({ text, file_id }) => [text, file_id]),
				[
					['One.', fileIds[0]],
					['Two.', fileIds[0]],
					['Three', fileIds[1]],
				],
			);
			assert.deepEqual(
				jsonOf('Output: file').map(({ elements }) => (elements as unknown[]).length),
				[2, 1],
			);
			assert.deepEqual(
				jsonOf('Output: text').map(({ text }) => text),
				['One.\n\nTwo.', '# Three'],
			);

			const outputs = itemsOf('Output: binary').flatMap(filesOf);
			assertStored(outputs);
			// The server received the files back byte by byte as it had sent them.
			const downloads = fileIds.map(async (fileId) => {
				const url = `${emulator.url}/api/v1/jobs/${job.id as string}/download?file_id=${fileId}`;
				const response = await fetch(url, { headers: { 'unstructured-api-key': emulator.key } });
				return Buffer.from(await response.arrayBuffer());
			});
			const [one, three] = await Promise.all(downloads);
			assert.deepEqual((await uploads(emulator.url)).at(-1), [
				sentFile('one.txt.json', 'application/json', one),
				sentFile('three.md.json', 'application/json', three),
			]);

			const [cancelled] = jsonOf('Cancel');
			assert.equal(cancelled.id, jsonOf('Send Back')[0].id);
			const state = `${emulator.url}/api/v1/jobs/${cancelled.id as string}`;
			const response = await fetch(state, { headers: { 'unstructured-api-key': emulator.key } });
			assert.equal(((await response.json()) as { status: string }).status, 'STOPPED');
		});
	});
}
