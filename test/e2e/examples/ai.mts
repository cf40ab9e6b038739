import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { s3Credential } from '../../../local/n8n/credentials.mjs';
import { runWorkflow } from '../../../local/n8n/executions.mjs';
import type { SeenRequest } from '../../../local/openai/server.mjs';
import { assertSucceeded, type ExampleWorld, itemsOf } from '../support/exampleWorld.mjs';
import { startObjectStore } from '../support/objectStore.mjs';

/** A result of n8n's vector stores. */
interface VectorDocument {
	pageContent: string;
	metadata: { file_name: string; page_number?: number };
}

/** The examples for search and AI. */
export async function aiExamples(t: TestContext, world: ExampleWorld): Promise<void> {
	const { api, load, openAiServer, s3, uploadsDuring, wiring } = world;

	await t.test('pdf-to-vector-store: a question finds its element', async (storeTest) => {
		const openAi = await openAiServer(storeTest);
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

	await t.test(
		'folder-to-vector-store: only new files are stored, with a document per chunk',
		async (own) => {
			const openAi = await openAiServer(own);
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
		await openAiServer(agentTest);
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
}
