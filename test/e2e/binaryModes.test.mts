import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emulatorCredential } from '../../local/n8n/credentials.mjs';
import { importExample, readExample } from '../../local/n8n/examples.mjs';
import { runWorkflow } from '../../local/n8n/executions.mjs';
import { sentFile, uploads } from './support/emulator.mjs';
import { openWorld } from './support/world.mjs';

/** Where n8n keeps the files; the id of a stored one tells. */
const MODES = [
	{ mode: 'database', layout: 'separate', id: /^database:/ },
	{ mode: 'default', layout: 'separate', id: undefined },
	{ mode: 'filesystem', layout: 'combined', id: /^filesystem-v2:/ },
];

for (const { mode, layout, id: storedAs } of MODES) {
	await test(`files in ${mode} mode and ${layout} layout arrive whole`, async (t) => {
		const world = await openWorld({ N8N_DEFAULT_BINARY_DATA_MODE: mode });
		t.after(world.close);
		const { api, emulator } = world;
		const unstructuredApi = await emulatorCredential(api, {
			apiKey: emulator.key,
			apiUrl: emulator.url,
		});
		const example = await readExample('many-files-by-status.json');
		const settings = { ...example.settings, binaryMode: layout };
		await importExample(api, { ...example, settings }, { unstructuredApi });

		const execution = await runWorkflow(api, example.id, 'Try It');
		assert.equal(execution.status, 'success', execution.error);
		const items = execution.runs['Make Files'][0].data?.main[0] ?? [];
		const made = items.map(({ json, binary }) => {
			const files = (layout === 'combined' ? json._files : binary) as Record<
				string,
				{ id?: string }
			>;
			return Object.values(files)[0];
		});
		for (const { id } of made) {
			if (storedAs) assert.match(id ?? '', storedAs);
			else assert.equal(id, undefined);
		}

		const texts = execution.runs['Make Texts'][0].data?.main[0] ?? [];
		const [files] = await uploads(emulator.url);
		assert.deepEqual(
			files,
			texts.map(({ json }) => sentFile(json.fileName as string, 'text/plain', json.text as string)),
		);
	});
}
