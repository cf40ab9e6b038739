import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import getPort from 'get-port';
import { packageFolder } from '../../../local/n8n/package.mjs';
import { SHIPPED } from '../../support/shipped.mjs';
import { testCredential } from '../support/credentialTest.mjs';
import { shippedTypes } from '../support/pack.mjs';
import { commonWorld } from '../support/commonWorld.mjs';

await test('the packed package in a real n8n', async (t) => {
	const { api, emulator, folder, n8nUrl, close } = await commonWorld();
	t.after(close);
	const good = { apiKey: emulator.key, apiUrl: emulator.url };

	await t.test('only the files of the package are installed', async () => {
		const installed = packageFolder(join(folder, 'n8n'));
		const entries = await readdir(installed, { recursive: true, withFileTypes: true });
		const files = entries
			.filter((entry) => !entry.isDirectory())
			.map((entry) => relative(installed, join(entry.parentPath, entry.name)));
		assert.deepEqual(
			files.filter((file) => !SHIPPED.test(file)),
			[],
		);
		assert.ok(files.includes('LICENSE.md') && files.includes('README.md'), files.join(', '));
	});

	await t.test('n8n loads its node types with their icons', async () => {
		const { nodes } = await shippedTypes();
		const known = await api.call<Array<{ name: string; iconUrl: { light: string } }>>(
			'POST',
			'/node-types',
			{ nodeInfos: nodes.map((name) => ({ name, version: 1 })) },
		);
		assert.deepEqual(
			known.map(({ name }) => `n8n-nodes-unstructured.${name}`),
			nodes,
		);
		for (const { iconUrl } of known) {
			const icon = await fetch(`${n8nUrl}/${iconUrl.light}`);
			assert.equal(icon.headers.get('content-type'), 'image/svg+xml');
		}
	});

	await t.test('the credential test accepts the right key', async () => {
		const { status, message } = await testCredential(api, good);
		assert.equal(status, 'OK', message);
	});

	for (const [what, apiKey, saying] of [
		['is unknown', `${emulator.key}-of-somebody-else`, /did not recognize this API key/],
		['is not a valid key', 'not a key', /is not a valid Unstructured key/],
	] as const) {
		await t.test(`the credential test reports that the key ${what}`, async () => {
			const { status, message } = await testCredential(api, { ...good, apiKey });
			assert.equal(status, 'Error');
			assert.match(message, saying);
		});
	}

	await t.test('the credential test reports a wrong URL', async () => {
		const { status, message } = await testCredential(api, { ...good, apiUrl: `${n8nUrl}/nowhere` });
		assert.equal(status, 'Error');
		assert.match(message, /URL/);
	});

	await t.test('the credential test reports that no server responds', async () => {
		const apiUrl = `http://127.0.0.1:${await getPort()}`;
		const { status, message } = await testCredential(api, { ...good, apiUrl });
		assert.equal(status, 'Error');
		assert.match(message, /refused|reach|connect/i);
	});
});
